/** Edits of a run on a machine, at the moment at which it stands. */
import type { Edit, EditAt } from '../../environment/edit';
import type { SteppingMachine } from './machine';
import type { Stop } from './stop';
import type { TypedValue } from './typed-value';

/** Numbers that edits can be of: those of a call by its place, innermost 0, or the globals. */
export type EditableValues =
  { readonly kind: 'local' | 'operand'; readonly frame: number } | { readonly kind: 'global' };

/** One of them. */
export type ValuePlace = EditableValues & { readonly index: number };

/** What stands there now; `undefined` when there is no such place. */
export function valueAt(machine: SteppingMachine, place: ValuePlace): TypedValue | undefined {
  if (place.kind === 'global') return machine.globals()[place.index];
  const [call] = machine.frames(place.frame, 1);
  return (place.kind === 'local' ? call?.locals : call?.operands)?.[place.index];
}

/** Why an edit can't be made here, in words; `null` when it can. */
export function editProblem(machine: SteppingMachine, edit: Edit): string | null {
  switch (edit.kind) {
    case 'local':
    case 'operand':
      return valueProblem(valueAt(machine, edit), `${edit.kind} ${edit.index} in call ${edit.frame}`);
    case 'global':
      return valueProblem(valueAt(machine, edit), `global ${edit.index}`);
    case 'memory': {
      const end = edit.address + edit.bytes.length;
      return edit.address >= 0 && end <= machine.memorySize()
        ? null
        : `${edit.bytes.length} bytes at ${edit.address} don't fit into the memory of ${machine.memorySize()} bytes`;
    }
    case 'answer':
      return null;
  }
}

/** A reference made by hand could be to what is none. */
function valueProblem(value: TypedValue | undefined, what: string): string | null {
  if (value === undefined) return `there is no ${what}`;
  return value.type.endsWith('ref') ? `${what} is a reference; only numbers can be changed` : null;
}

/** What an edit is about to take the place of; `undefined` when that is nothing. */
export function replacedBy(machine: SteppingMachine, edit: Edit): Replaced | undefined {
  switch (edit.kind) {
    case 'memory':
      return machine.memory(edit.address, edit.bytes.length);
    case 'answer':
      return undefined;
    default:
      return valueAt(machine, edit);
  }
}

export type Replaced = Uint8Array | TypedValue;

/** There is no problem with it. */
export function applyEdit(machine: SteppingMachine, edit: Edit): void {
  switch (edit.kind) {
    case 'local':
      return machine.setLocal(edit.frame, edit.index, edit.bits);
    case 'operand':
      return machine.setOperand(edit.frame, edit.index, edit.bits);
    case 'global':
      return machine.setGlobal(edit.index, edit.bits);
    case 'memory':
      return machine.setMemory(edit.address, edit.bytes);
    case 'answer': {
      const { kind: _kind, ...answer } = edit;
      return machine.addAnswer({ ...answer, kernel: machine.environment.message.to });
    }
  }
}

/** Those that can't be made are left out: what is stored may be by anybody. */
export function applyStoredEdit(machine: SteppingMachine, edit: Edit): void {
  if (editProblem(machine, edit) === null) applyEdit(machine, edit);
}

/** Runs a machine from its start to its end, and makes the edits on the way. */
export function runEdited(
  machine: SteppingMachine,
  start: Stop | null,
  edits: readonly EditAt[],
): Stop & { readonly kind: 'end' } {
  let stop = start;
  for (const { count, edit } of edits) {
    while (stop?.kind !== 'end' && machine.count < count) stop = machine.run({ count });
    if (stop?.kind === 'end') return stop;
    applyStoredEdit(machine, edit);
  }
  while (stop?.kind !== 'end') stop = machine.run({});
  return stop;
}
