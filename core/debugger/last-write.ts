/** Who wrote some bytes of the memory last: looked for from the back, a keyframe at a time. */
import type { MemoryRange, Writer } from '../container/wasm-stepping/stop';
import type { DebugCode } from './code';
import type { Steps } from './steps';
import type { Timeline } from './timeline';

export interface Write {
  readonly by: Writer;
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
  const by = yield* timeline.searchBack({ after: 0, before: before + 1 }, ({ last }) =>
    lastWriter(timeline, range, last),
  );
  return by === null ? null : yield* writeBy(timeline, code, { by, range });
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
  return { by, import: called, before, after: bytes() };
}
