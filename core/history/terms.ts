/**
 * The terms that receipts are found by. Each begins with a letter for its kind:
 *
 *   t ADDRESS, m METHOD, o OUTCOME     to whom, what it calls, `ok`, `trap` or `rejected`
 *   f ADDRESS, s                       from a kernel; a signal
 *   w ADDRESS NUL KEY                  changed this entry; one character for each byte of the key
 *   k ADDRESS                          the kernel came or went, or more of its entries changed than have terms
 *
 * and, known only by running the message again:
 *
 *   i SET.NAME                         called this import
 *   r ADDRESS NUL KEY, a ADDRESS       read this entry; read more entries than have terms
 */
import type { Hash } from '../base/hash';
import { hashesEqual } from '../base/hash';
import { type Result, ok } from '../base/result';
import type { BlockReader } from '../base/storage';
import { type Address, rootAddress } from '../environment/address';
import { controlMethods } from '../environment/control';
import type { ImportCall } from '../imports/trace';
import type { Receipt } from '../kernel/receipt';
import { diffTrees } from '../state/diff';
import { type StateTree, emptyTree, openTree } from '../state/tree';
import type { Branch, RerunFault } from './branch';

export interface TermSource {
  readonly branch: Branch;
  readonly blocks: BlockReader;
}

/** Of one receipt, some of them perhaps twice. May throw a `DamagedBlock` or a `MissingBlock`. */
export type TermsOf = (source: TermSource, receipt: Receipt) => Result<readonly string[], RerunFault>;

/** The most entries that have terms of their own, so that no message makes an index as large as a state it copies. */
const mostEntries = 256;

/** What a receipt tells by itself. */
export const receiptTerms: TermsOf = ({ branch, blocks }, receipt) => {
  const { message, outcome, before, after, index } = receipt;
  const { from, to, method } = message;
  const terms = [`t${to}`, from === null ? 's' : `f${from}`, `m${method}`, `o${outcome.kind}`];
  if (outcome.kind !== 'ok') return ok(terms);
  if (method === controlMethods.remove)
    return ok([...terms, ...Array.from(branch.world(index).addresses(to), (address) => `k${address}`)]);
  if (method === controlMethods.create || method === controlMethods.copy) return ok([...terms, `k${to}`]);
  if (before === null || after === null || hashesEqual(before, after)) return ok(terms);
  const changed: string[] = [];
  for (const { key } of diffTrees(openTree(blocks, before), openTree(blocks, after))) {
    if (changed.length === mostEntries) return ok([...terms, `k${to}`]);
    changed.push(entryTerm('w', to, key));
  }
  return ok([...terms, ...changed]);
};

/** What is known by running the message again. */
export const runTerms: TermsOf = ({ branch }, { index, code, message }) => {
  // What ran no code called no import.
  if (code === null) return ok([]);
  const imports = new Set<string>();
  const entries = new Set<string>();
  const rerun = branch.rerun(index, {
    onImport(call) {
      imports.add(`i${call.set}.${call.name}`);
      const key = keyRead(call);
      if (key !== null && entries.size <= mostEntries) entries.add(entryTerm('r', message.to, key));
    },
    onTrap: () => undefined,
  });
  if (!rerun.ok) return rerun;
  return ok([...imports, ...(entries.size > mostEntries ? [`a${message.to}`] : entries)]);
};

/** The key of the entry that an import call read; `null` when it read none, or was answered by hand. */
export function keyRead({ set, name, args, written, answered, refused }: ImportCall): Uint8Array | null {
  if (set !== 'kernel' || answered || refused !== null) return null;
  if (name === 'state_get' || name === 'state_delete') return args[0]?.read?.bytes ?? null;
  return name === 'state_next' ? (written?.bytes ?? null) : null;
}

export const entryTerm = (kind: 'w' | 'r', kernel: Address, key: Uint8Array): string =>
  `${kind}${kernel}\0${String.fromCharCode(...key)}`;

/** The state of a kernel before and after a receipt, which may be of another that took it away. */
export function statesAround(
  { branch, blocks }: TermSource,
  { index, message, before, after }: Receipt,
  kernel: Address,
): { readonly before: StateTree; readonly after: StateTree } {
  const stateOf = (root: Hash | null): StateTree => (root === null ? emptyTree : openTree(blocks, root));
  if (message.to === kernel) return { before: stateOf(before), after: stateOf(after) };
  return { before: branch.world(index).kernel(kernel)?.state ?? emptyTree, after: emptyTree };
}

/** What stands before the address of each kernel below one. */
export const belowAddress = (kernel: Address): string => (kernel === rootAddress ? '/' : `${kernel}/`);
