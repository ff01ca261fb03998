/** Steps through a message, from the request to its answer: the debug service in a thread of its own, asked over its port. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../../core/host/clock';
import {
  type StudioParams,
  type StudioReturns,
  worldThreadProtocol,
} from '../../core/studio/protocol/studio';
import { workerPort } from '../../core/studio/rpc/carriers';
import { type Client, createClient } from '../../core/studio/rpc/client';
import { type SteppedMessage, buildSteppedMessages } from './metered-programs';
import { type Row, percentile } from './row';

type Move = StudioParams<'debug.move'>['move'];

const steps: readonly Move[] = (['in', 'over'] as const).flatMap((kind) =>
  [false, true].map((back): Move => ({ kind, back, by: 'instruction', times: 1 })),
);

/** Moments from which steps are taken; each of the steps from each. */
const moments = 60;

export async function sessionRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const message of await buildSteppedMessages()) rows.push(...(await measure(message)));
  return rows;
}

async function measure({
  name,
  code,
  argument,
  size,
  places,
  withoutGoal,
}: SteppedMessage): Promise<readonly Row[]> {
  const isLong = size > 1e8;
  const worker = new Worker(join(import.meta.dirname, 'debug-worker.js'), {
    workerData: { code, argument },
    resourceLimits: { stackSizeMb: 8 },
  });
  const client = createClient(
    worldThreadProtocol,
    workerPort(worker, () => void worker.terminate()),
    systemClock,
  );
  // Answers once the message was run.
  await value(client, 'debug.sessions', {});
  const before = process.memoryUsage().rss;
  const open = (at: StudioParams<'debug.open'>['at']) => value(client, 'debug.open', { receipt: 1, at });

  const opened = performance.now();
  const { session } = await open({ kind: 'count', count: Math.floor(size * 0.7) });
  const opening = performance.now() - opened;
  const go = (move: Move) => value(client, 'debug.move', { session, move });
  const { count: end } = await go({ kind: 'to end' });

  const random = randomNumbers();
  const taken: number[] = [];
  const jumps: number[] = [];
  for (let moment = 0; moment < moments; moment++) {
    const count = Math.floor(random() * (end - 1));
    jumps.push(await milliseconds(() => go({ kind: 'to count', count })));
    for (const step of steps) {
      taken.push(await milliseconds(() => go(step)));
      await go({ kind: 'to count', count });
    }
  }
  const memory = (process.memoryUsage().rss - before) / 2 ** 20;

  const searches: Row[] = [];
  for (const [what, name] of isLong ? [] : places) {
    const on = { kind: 'function', name } as const;
    const breakpoint = { on, enabled: true, when: null, hits: null, log: null };
    const { id } = await value(client, 'debug.setBreakpoint', { id: null, breakpoint });
    const times: number[] = [];
    for (let time = 0; time < moments; time++) {
      await go({ kind: 'to count', count: Math.floor(random() * (end - 1)) });
      times.push(await milliseconds(() => go({ kind: 'continue', back: true })));
    }
    await value(client, 'debug.removeBreakpoints', { ids: [id] });
    searches.push(row(`${what}, back to the hit before`, percentile(times, 0.95), 'ms (p95)', 50));
  }
  client.dispose();
  const goal = (atMost: number): number | null => (withoutGoal === true ? null : atMost);
  const wanted = Math.floor(size * 0.7).toLocaleString('en-US');
  return [
    row(`${name}: opened at its ${wanted}th`, opening, 'ms', isLong ? null : goal(1000)),
    row(`${name}: a step`, percentile(taken, 0.95), 'ms (p95)', goal(isLong ? 50 : 16)),
    row(`${name}: a jump`, percentile(jumps, 0.95), 'ms (p95)', goal(isLong ? 50 : 16)),
    row(`${name}: memory`, memory, 'MiB', goal(256)),
    ...searches,
  ];
}

const row = (promise: string, ours: number, unit: string, atMost: number | null): Row => ({
  promise: `session, ${promise}`,
  ours,
  unit,
  peer: null,
  goal: atMost === null ? null : { atMost },
});

type Calls =
  'debug.open' | 'debug.move' | 'debug.sessions' | 'debug.setBreakpoint' | 'debug.removeBreakpoints';

async function value<Name extends Calls>(
  client: Client<typeof worldThreadProtocol>,
  name: Name,
  params: StudioParams<Name>,
): Promise<StudioReturns<Name>> {
  const answer = await client.call(name, params);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
  return answer.value;
}

async function milliseconds(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/** The same in each run. */
function randomNumbers(): () => number {
  let state = 12345;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
