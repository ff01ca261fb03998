/** How edits are stored. */
import type { Value } from '../base/value';
import type { Edit, EditAt, MessageEdits } from '../environment/edit';
import { DamagedBlock, bits, byteString, int, list, text } from './stored-value';

export const messageEditsToValue = ({ message, edits }: MessageEdits): Value => [
  message,
  edits.map(({ count, edit }) => [count, ...editToValues(edit)]),
];

/** Throws a `DamagedBlock`. */
export function valueToMessageEdits(value: Value): MessageEdits {
  const [message, edits] = list(value);
  return { message: int(message), edits: list(edits).map(valueToEdit) };
}

function editToValues(edit: Edit): readonly Value[] {
  switch (edit.kind) {
    case 'local':
    case 'operand':
      return [edit.kind, edit.frame, edit.index, edit.bits];
    case 'global':
      return [edit.kind, edit.index, edit.bits];
    case 'memory':
      return [edit.kind, edit.address, edit.bytes];
    case 'answer':
      return [
        edit.kind,
        edit.import,
        edit.call ?? null,
        ...('fail' in edit ? [null, edit.fail] : [edit.value]),
      ];
  }
}

function valueToEdit(value: Value): EditAt {
  const [count, kind, ...rest] = list(value);
  const [first, second, third, words] = rest;
  const edited = (edit: Edit): EditAt => ({ count: int(count), edit });
  switch (kind) {
    case 'local':
    case 'operand':
      return edited({ kind, frame: int(first), index: int(second), bits: bits(third) });
    case 'global':
      return edited({ kind, index: int(first), bits: bits(second) });
    case 'memory':
      return edited({ kind, address: int(first), bytes: byteString(second) });
    case 'answer': {
      const calls = { kind, import: text(first), ...(second === null ? {} : { call: int(second) }) } as const;
      return edited({
        ...calls,
        ...(words === undefined ? { value: third ?? null } : { fail: text(words) }),
      });
    }
    default:
      throw new DamagedBlock('an edit of an unknown kind');
  }
}
