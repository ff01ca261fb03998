/** Values as they were before changes by hand took their place. */
import type { TypedValue } from '../container/wasm-stepping/typed-value';
import type { MemoryRange } from '../container/wasm-stepping/stop';
import type { Replaced } from '../container/wasm-stepping/apply-edit';
import type { EditAt } from '../environment/edit';

/** Bytes of a range of the memory, without what an edit put into it. */
export function memoryWithout(
  { edit }: EditAt,
  replaced: Replaced | undefined,
  { range, bytes }: { readonly range: MemoryRange; readonly bytes: Uint8Array },
): Uint8Array {
  if (edit.kind !== 'memory' || !(replaced instanceof Uint8Array)) return bytes;
  const undone = bytes.slice();
  replaced.forEach((byte, place) => {
    const at = edit.address + place - range.address;
    if (at >= 0 && at < undone.length) undone[at] = byte;
  });
  return undone;
}

export const globalWithout = (
  { edit }: EditAt,
  replaced: Replaced | undefined,
  { index, value }: { readonly index: number; readonly value: TypedValue | null },
): TypedValue | null =>
  edit.kind === 'global' && edit.index === index && replaced !== undefined && 'bits' in replaced
    ? replaced
    : value;
