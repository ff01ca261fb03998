/** Messages per second: a world with its durable Merkle history, its peer, and loops that keep nothing. */
import { runFreshInstances, runPooledInstance } from './bare-loops';
import { type Chain, createChain } from './chain';
import { buildChainContract, openChainWorld } from './chain-world';
import { runPrimea } from './primea';
import { type Row, median } from './row';

export async function messageRows(runs: number): Promise<readonly Row[]> {
  const short = createChain(1000, 10);
  const long = createChain(10_000, 10);
  const code = await buildChainContract();

  const ours: number[] = [];
  const primea: number[] = [];
  const fresh: number[] = [];
  const pooled: number[] = [];
  const oursLong: number[] = [];
  const primeaLong: number[] = [];
  for (let run = 0; run < runs; run++) {
    ours.push(runWorld(short, code));
    primea.push(await runPrimea(short));
    fresh.push(await runFreshInstances(short));
    pooled.push(await runPooledInstance(short));
    oursLong.push(runWorld(long, code));
    primeaLong.push(await runPrimea(long));
  }

  const row = (
    promise: string,
    ours: readonly number[],
    peer: readonly [string, readonly number[], number],
  ): Row => ({
    promise,
    ours: median(ours),
    unit: 'messages/s',
    peer: { name: peer[0], theirs: median(peer[1]) },
    goal: { atLeast: peer[2] },
  });
  return [
    row('1,000 kernels x depth 10', ours, ['primea-hypervisor 0.9.3', primea, 4]),
    row('10,000 kernels x depth 10', oursLong, ['primea-hypervisor 0.9.3', primeaLong, 10]),
    row('the same, storing nothing', ours, ['a fresh instance for each message', fresh, 6]),
    row('the same, storing nothing', ours, ['one instance, page overwritten, one hash', pooled, 0.7]),
  ];
}

/** Every message gets a receipt, and all of it is on disk with its Merkle root when the clock stops. */
function runWorld(chain: Chain, code: Uint8Array): number {
  const world = openChainWorld(chain, code);
  try {
    return world.run();
  } finally {
    world.close();
  }
}
