/** Who wrote some bytes of the memory last: looked for from the back, a keyframe at a time. */
import type { MemoryRange, Writer } from '../container/wasm-stepping/stop';
import type { EditAt } from '../environment/edit';
import type { DebugCode } from './code';
import type { Steps } from './steps';
import type { Timeline } from './timeline';
import { memoryWithout } from './undone';

export interface Write {
  /** The instruction that wrote, or the one before which the memory was changed by hand. */
  readonly by: Writer;
  readonly edited: boolean;
  /** `set.function` when an import wrote. */
  readonly import: string | null;
  /** The bytes just before it, and just after. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** So many writes pass between two steps. */
const stopsInStep = 500;

/** The last one before a moment; `null` when there was none. Leaves the present moment. */
export function* lastWrite(
  timeline: Timeline,
  code: DebugCode,
  { range, before }: { readonly range: MemoryRange; readonly before: number },
): Steps<Write | null> {
  const edit = timeline.edits.findLast((each) => each.count <= before && writesTo(each, range));
  const by = yield* timeline.searchBack({ after: edit?.count ?? 0, before: before + 1 }, ({ last }) =>
    lastWriter(timeline, range, last),
  );
  if (by !== null && by.count >= (edit?.count ?? 0)) return yield* writeBy(timeline, code, { by, range });
  return edit === undefined ? null : yield* writeByHand(timeline, edit, range);
}

const writesTo = ({ edit }: EditAt, { address, length }: MemoryRange): boolean =>
  edit.kind === 'memory' && edit.address < address + length && address < edit.address + edit.bytes.length;

function* writeByHand(timeline: Timeline, made: EditAt, range: MemoryRange): Steps<Write> {
  const { machine } = timeline;
  yield* timeline.goTo(made.count);
  const { function: index, offset } = machine.position();
  const after = machine.memory(range.address, range.length);
  const before = memoryWithout(made, timeline.replacedBy(made), { range, bytes: after });
  const by = { function: index, offset, count: made.count };
  return { by, edited: true, import: null, before, after };
}

function* lastWriter(timeline: Timeline, range: MemoryRange, end: number): Steps<Writer | null> {
  const until = { count: end, memory: [range] };
  let last: Writer | null = null;
  for (let stops = 1; timeline.count < end; stops++) {
    const stop = yield* timeline.run(until);
    if (stop.kind !== 'memory') break;
    last = stop.by;
    if (stops % stopsInStep === 0) yield timeline.count;
  }
  return last;
}

function* writeBy(
  timeline: Timeline,
  { imports }: DebugCode,
  { by, range }: { readonly by: Writer; readonly range: MemoryRange },
): Steps<Write> {
  const { machine } = timeline;
  const bytes = () => machine.memory(range.address, range.length);
  yield* timeline.goTo(by.count);
  const before = bytes();
  const calls = imports.map(({ name }) => name);
  const stop = yield* timeline.run({ count: by.count + 1, imports: { calls, when: 'after' } });
  const called = stop.kind === 'import' ? `${stop.set}.${stop.name}` : null;
  return { by, edited: false, import: called, before, after: bytes() };
}
