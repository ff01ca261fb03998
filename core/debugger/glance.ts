/** What was to be seen at a stop, so that the next one can tell what changed. */
import { bytesEqual } from '../base/bytes';
import type { Snapshot, SteppingMachine } from '../container/wasm-stepping/machine';
import type { TypedValue } from '../container/wasm-stepping/typed-value';
import type { Datum } from './expression/datum';

export interface Glance {
  readonly function: number;
  readonly depth: number;
  readonly locals: readonly TypedValue[];
  readonly operands: readonly TypedValue[];
  readonly globals: readonly TypedValue[];
  readonly snapshot: Snapshot;
}

/** Of a machine that isn't at its end. */
export function glanceAt(machine: SteppingMachine): Glance {
  const { function: index, depth } = machine.position();
  const [frame] = machine.frames(0, 1);
  return {
    function: index,
    depth,
    locals: frame?.locals ?? [],
    operands: frame?.operands ?? [],
    globals: machine.globals(),
    snapshot: machine.snapshot(),
  };
}

/** Places of values that are not what they were; none when there is nothing to compare them with. */
export function changedValues(
  before: readonly TypedValue[] | null,
  now: readonly TypedValue[],
): ReadonlySet<number> {
  const changed = new Set<number>();
  if (before === null) return changed;
  now.forEach(({ bits }, index) => {
    if (before[index]?.bits !== bits) changed.add(index);
  });
  return changed;
}

/** Whether a variable that holds the same address shows something else there; of a list only what was read in advance. */
export function isChangedWithin(before: Datum, now: Datum): boolean {
  if (before.type === 'bytes' && now.type === 'bytes') return !bytesEqual(before.value, now.value);
  if (before.type === 'map' && now.type === 'map')
    return Object.entries(now.value).some(([name, item]) => !Object.is(item, before.value[name]));
  if (before.type !== 'list' || now.type !== 'list') return !Object.is(before.value, now.value);
  return (
    before.elements?.length !== now.elements?.length ||
    now.value.some((item, place) => !Object.is(item, before.value[place]))
  );
}

/** Stretches of bytes that are not what they were, as places in them. */
export function changedBytes(
  before: Uint8Array,
  now: Uint8Array,
): readonly { readonly address: number; readonly length: number }[] {
  const changed: { address: number; length: number }[] = [];
  for (let at = 0; at < now.length; at++) {
    if (before[at] === now[at]) continue;
    const last = changed.at(-1);
    if (last !== undefined && last.address + last.length === at) last.length++;
    else changed.push({ address: at, length: 1 });
  }
  return changed;
}
