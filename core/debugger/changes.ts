/** When something in a run changed: a local of one call, a global, bytes of the memory, an entry of the state. */
import { bytesEqual } from '../base/bytes';
import type { MemoryRange, Until, Writer } from '../container/wasm-stepping/stop';
import type { TypedValue } from '../container/wasm-stepping/typed-value';
import { createInstruction, readInstruction } from '../wasm/decode-instruction';
import { op } from '../wasm/instructions';
import type { EditAt } from '../environment/edit';
import type { DebugCode } from './code';
import type { Steps } from './steps';
import type { Timeline } from './timeline';
import { globalWithout, memoryWithout } from './undone';

export type Watched =
  /** Of the call at this place in the frames of the present moment, for as long as that call is on. */
  | { readonly kind: 'local'; readonly frame: number; readonly index: number }
  | { readonly kind: 'global'; readonly index: number }
  | ({ readonly kind: 'memory' } & MemoryRange)
  | { readonly kind: 'state'; readonly key: Uint8Array };

/** A number with its type, bytes, or nothing. */
export type WatchedValue = TypedValue | Uint8Array | null;

export interface ValueChange {
  /** The instruction that changed it, or the one before which it was changed by hand. */
  readonly by: Writer;
  readonly edited: boolean;
  readonly before: WatchedValue;
  readonly after: WatchedValue;
}

export interface ChangesPage {
  readonly changes: readonly ValueChange[];
  /** What to ask for after it; `null` when there are no more. */
  readonly next: number | null;
}

/** So many instructions that left it as it was pass between two steps. */
const stopsInStep = 500;

/** The first `count` changes by instructions after the one of that number, or of all. Leaves the present moment. */
export function* changesOf(
  timeline: Timeline,
  code: DebugCode,
  { of, after, count }: { readonly of: Watched; readonly after: number | null; readonly count: number },
): Steps<ChangesPage> {
  const changes: ValueChange[] = [];
  const probe = yield* probeFor(of, timeline, code);
  if (probe === null) return { changes, next: null };
  yield* timeline.goTo(Math.max(probe.start, (after ?? -1) + 1));
  if (isAtEnd(timeline)) return { changes, next: null };
  let value = probe.read();
  const note = (by: Writer, now: WatchedValue, edited: boolean): void => {
    changes.push({ by, edited, before: value, after: now });
    value = now;
  };
  for (let stops = 1; changes.length < count; stops++) {
    const edit = timeline.nextEdit();
    const write = yield* probe.next(edit);
    if (write !== null && !isSame(value, write.value)) note(yield* write.by(), write.value, false);
    const isEdit = write === null ? timeline.count === edit : isEditedHere(timeline);
    if (write === null && !isEdit) return { changes, next: null };
    const now = isEdit ? probe.read() : value;
    if (!isSame(value, now)) note(positionOf(timeline), now, true);
    if (stops % stopsInStep === 0) yield timeline.count;
  }
  return { changes, next: changes.at(-1)?.by.count ?? null };
}

interface Probe {
  /** The first moment at which there is something to see. */
  readonly start: number;
  read(): WatchedValue;
  /** Goes on to just after the next instruction that sets it; `null` when there is none before a moment. */
  next(before: number): Steps<Setting | null>;
}

interface Setting {
  /** To what, which may be what it was. */
  readonly value: WatchedValue;
  by(): Steps<Writer>;
}

/** `null` when there is no such thing. */
function* probeFor(of: Watched, timeline: Timeline, code: DebugCode): Steps<Probe | null> {
  switch (of.kind) {
    case 'local':
      return yield* localProbe(of, timeline, code);
    case 'global': {
      const { index } = of;
      const read = () => timeline.machine.globals()[index] ?? null;
      const readUndone = () =>
        undoing(timeline, read(), (value, edit) =>
          globalWithout(edit, timeline.replacedBy(edit), { index, value }),
        );
      return read() === null ? null : writerProbe(timeline, { globals: [index] }, { read, readUndone });
    }
    case 'memory': {
      const range = { address: of.address, length: of.length };
      const read = () => timeline.machine.memory(range.address, range.length);
      const readUndone = () =>
        undoing(timeline, read(), (bytes, edit) =>
          memoryWithout(edit, timeline.replacedBy(edit), { range, bytes }),
        );
      return writerProbe(timeline, { memory: [range] }, { read, readUndone });
    }
    case 'state':
      return stateProbe(of.key, timeline, code);
  }
}

/** A value as it was before what is changed by hand at this moment. */
const undoing = <T>({ edits, count }: Timeline, value: T, undo: (value: T, edit: EditAt) => T): T =>
  edits.filter((edit) => edit.count === count).reduceRight(undo, value);

/** Of what the machine itself watches: it tells who wrote. */
const writerProbe = (
  timeline: Timeline,
  until: Until,
  { read, readUndone }: { readonly read: () => WatchedValue; readonly readUndone: () => WatchedValue },
): Probe => ({
  start: 0,
  read,
  *next(before) {
    const stop = yield* timeline.run({ ...until, count: before });
    if (stop.kind !== 'memory' && stop.kind !== 'global') return null;
    const { by } = stop;
    return { value: readUndone(), by: () => at(by) };
  },
});

/** Only imports write to the state. */
function stateProbe(key: Uint8Array, timeline: Timeline, { imports }: DebugCode): Probe {
  const { machine } = timeline;
  const until = { imports: { calls: imports.map(({ name }) => name), when: 'after' as const } };
  const read = () => machine.environment.state.get(key) ?? null;
  /** The call was the instruction before. It is gone back to only when it is to be told. */
  function* caller(): Steps<Writer> {
    const after = timeline.count;
    yield* timeline.goTo(after - 1);
    const caller = positionOf(timeline);
    yield* timeline.goTo(after);
    return caller;
  }
  return {
    start: 0,
    read,
    *next(before) {
      const { state } = machine.environment;
      for (let stops = 1; ; stops++) {
        const stop = yield* timeline.run({ ...until, count: before });
        if (stop.kind !== 'import') return null;
        if (machine.environment.state !== state) return { value: read(), by: caller };
        if (stops % stopsInStep === 0) yield timeline.count;
      }
    },
  };
}

/** In the call that is on, from its entry until it returns or gives way to another. */
function* localProbe(
  { frame: place, index }: Watched & { readonly kind: 'local' },
  timeline: Timeline,
  code: DebugCode,
): Steps<Probe | null> {
  const { machine } = timeline;
  const [frame] = isAtEnd(timeline) ? [] : machine.frames(place, 1);
  if (frame?.locals[index] === undefined) return null;
  const { function: functionIndex } = frame.position;
  const depth = machine.position().depth - place;
  const entry = { at: { entryOf: functionIndex }, depth };
  const entered = yield* timeline.lastPass([entry], { after: -1, before: timeline.count + 1 });
  const { setting, leaving } = placesIn(code, functionIndex, index);
  const breakpoints = machine.breakpoints(
    [...setting, ...leaving].map((offset) => ({ at: { offset }, depth, stopAt: 'each' })),
  );

  function* toNext(before: number): Steps<boolean> {
    const here = machine.position();
    if (here.depth === depth && (setting.has(here.offset) || leaving.has(here.offset))) return true;
    const stop = yield* timeline.run({ breakpoints, depth: depth - 1, count: before });
    // A change by hand comes before the instruction.
    return stop.kind === 'breakpoint' && timeline.count < before;
  }

  return {
    start: entered?.count ?? 0,
    read: () => machine.frames(machine.position().depth - depth, 1)[0]?.locals[index] ?? null,
    *next(before) {
      if (isAtEnd(timeline) || machine.position().depth < depth || !(yield* toNext(before))) return null;
      const by = positionOf(timeline);
      if (leaving.has(by.offset)) return null;
      // After its last instruction the call is no longer there to be read.
      const value = machine.frames(0, 1)[0]?.operands.at(-1) ?? null;
      yield* timeline.run({ count: by.count + 1 });
      return { value, by: () => at(by) };
    },
  };
}

/** Offsets of a function's instructions that set a local, and of those that end a call of it without a return. */
function placesIn({ module, stepping }: DebugCode, functionIndex: number, local: number) {
  const setting = new Set<number>();
  const leaving = new Set<number>();
  const instruction = createInstruction();
  for (const offset of stepping.instructions(functionIndex)) {
    readInstruction({ bytes: module.bytes, at: offset, end: module.bytes.length }, instruction);
    const { info, first } = instruction;
    const isSet = info.code === op.localSet || info.code === op.localTee;
    if (isSet && first === local) setting.add(offset);
    if (info.code === op.returnCall || info.code === op.returnCallIndirect) leaving.add(offset);
  }
  return { setting, leaving };
}

function positionOf({ machine }: Timeline): Writer {
  const { function: index, offset, count } = machine.position();
  return { function: index, offset, count };
}

const isEditedHere = ({ edits, count }: Timeline): boolean => edits.some((edit) => edit.count === count);

const isAtEnd = ({ end, count }: Timeline): boolean => end?.count === count;

// oxlint-disable-next-line require-yield -- what is known already is told as what has to be looked for
function* at(writer: Writer): Steps<Writer> {
  return writer;
}

function isSame(left: WatchedValue, right: WatchedValue): boolean {
  if (left === null || right === null) return left === right;
  if (left instanceof Uint8Array || right instanceof Uint8Array)
    return left instanceof Uint8Array && right instanceof Uint8Array && bytesEqual(left, right);
  return left.bits === right.bits;
}
