/** Says what money is worth elsewhere, by the workspace's own import set `rates`. */
import { convert, currencies } from "kernelscope/rates";

/** What an amount of one currency is worth in another. */
export function quote(amount: u64, from: string, to: string): u64 {
  return <u64>convert(<i64>amount, from, to);
}

/** The currencies that can be exchanged. */
export function known(): string[] {
  return currencies<string[]>([]);
}
