/** Which of what is to be seen was put there by hand. */
import type { MadeEdit } from '../../store/debug/edits';
import type { ValueKind, ValueRow } from './values-tree';

interface EditedBytes {
  /** Of the edit. */
  readonly id: number;
  readonly address: number;
  readonly length: number;
}

interface Bytes {
  /** Of the first one. */
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** Bytes that are still what they were changed to before the moment `now`. */
export function editedBytes(
  edits: readonly MadeEdit[],
  now: number,
  { address, bytes }: Bytes,
): readonly EditedBytes[] {
  return edits.flatMap(({ id, moment, edited }) => {
    if (edited.kind !== 'memory' || moment > now) return [];
    const stretches: { id: number; address: number; length: number }[] = [];
    edited.after.bytes.forEach((byte, index) => {
      const at = edited.address + index;
      if (bytes[at - address] !== byte) return;
      const last = stretches.at(-1);
      if (last !== undefined && last.address + last.length === at) last.length++;
      else stretches.push({ id, address: at, length: 1 });
    });
    return stretches;
  });
}

interface ValuePlace {
  readonly of: ValueKind;
  /** The call whose values are shown. */
  readonly frame: number;
  readonly row: Pick<ValueRow, 'index' | 'value'>;
}

/**
 * The edit that gave a value what it has. Locals and operands belong to a call that goes on: only at the edit's own moment
 * is it certain that they are the same.
 */
export const editOfValue = (
  edits: readonly MadeEdit[],
  now: number,
  { of, frame, row }: ValuePlace,
): MadeEdit | undefined =>
  edits.findLast(({ moment, edited }) => {
    if (edited.kind === 'memory' || edited.kind === 'answer') return false;
    if (`${edited.kind}s` !== of || edited.index !== row.index) return false;
    return edited.kind === 'global'
      ? moment <= now && Object.is(edited.after, row.value)
      : moment === now && edited.frame === frame;
  });
