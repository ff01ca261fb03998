/** Messages per second while a window watches, its timeline open at the end: through the world's own thread. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fault } from '../../core/base/fault';
import type { Result } from '../../core/base/result';
import { systemClock } from '../../core/host/clock';
import { type WorldLink, startWorldLink } from '../../core/host/world-link';
import type { ReceiptRow } from '../../core/studio/protocol/world';
import type { PagedList } from '../../renderer/lists/paged-list';
import { createReceiptList } from '../../renderer/panels/timeline/receipts';
import { type Chain, actorName, createChain, messagesIn } from './chain';
import { buildChainContract, openChainWorld } from './chain-world';
import { type Row, median } from './row';

export async function watchedRows(runs: number): Promise<readonly Row[]> {
  const chain = createChain(5000, 20);
  const code = await buildChainContract();
  const headless: number[] = [];
  const alone: number[] = [];
  const watched: number[] = [];
  for (let run = 0; run < runs; run++) {
    headless.push(runHeadless(chain, code));
    alone.push(await runInThread(chain, code, () => undefined));
    watched.push(await runInThread(chain, code, watchTimeline));
  }
  const row = (promise: string, ours: readonly number[], goal: Row['goal']): Row => ({
    promise,
    ours: median(ours),
    unit: 'messages/s',
    peer: { name: 'the same, headless', theirs: median(headless) },
    goal,
  });
  return [
    row('in the thread of the IDE', alone, null),
    row('the same, its timeline open', watched, { atLeast: 0.8 }),
  ];
}

function runHeadless(chain: Chain, code: Uint8Array): number {
  const world = openChainWorld(chain, code);
  try {
    return world.run();
  } finally {
    world.close();
  }
}

/** The messages wait already when the clock starts, and it stops when the window is told that none is left. */
async function runInThread(
  chain: Chain,
  code: Uint8Array,
  watch: (link: WorldLink) => PagedList<ReceiptRow> | undefined,
): Promise<number> {
  const world = openChainWorld(chain, code);
  const length = world.branch.length + messagesIn(chain);
  const folder = world.release();
  const link = startWorldLink({
    url: pathToFileURL(resolve('out/main/world-worker.js')),
    clock: systemClock,
    data: { workspace: folder, store: folder, breakpoints: null },
    prepare: (client) => client.call('world.open', {}),
    emit: () => undefined,
  });
  try {
    valueOf(await link.call('world.stop', {}));
    for (const [actor, route] of chain.routes.entries()) {
      const args = route.map(actorName);
      valueOf(
        await link.call('world.signal', { to: `/${actorName(actor)}`, method: 'main', args, gas: null }),
      );
    }
    const timeline = watch(link);
    const start = performance.now();
    const done = new Promise<void>((finish) => {
      link.onStatus.on((status) => {
        if (status.fault !== null) throw new Error(status.fault.message);
        if (status.state === 'ready' && status.length === length) finish();
      });
    });
    valueOf(await link.call('world.continue', {}));
    await done;
    const seconds = (performance.now() - start) / 1000;
    if (timeline?.known() === false) throw new Error('the timeline shows nothing');
    timeline?.dispose();
    return messagesIn(chain) / seconds;
  } finally {
    await link.close();
    world.close();
  }
}

/** As many rows as a tall panel shows, the newest ones. */
const rowsShown = 40;

/** Asks for what the panel asks for, whenever the world tells that it has grown. */
function watchTimeline(link: WorldLink): PagedList<ReceiptRow> {
  const timeline = createReceiptList(({ start, count }, signal) =>
    link.call('world.receipts', { start, count }, signal),
  );
  link.onStatus.on(({ length }) => {
    timeline.grow(length);
    timeline.want(length - rowsShown, length - 1);
  });
  return timeline;
}

function valueOf<T>(result: Result<T, Fault>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
