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
  const world = (chain: Chain) => runWorld(chain, code);

  // What a process does in its first seconds is the compiler's work more than anybody's, so it isn't counted.
  await inTurns(4, [() => world(short), () => runPrimea(short), () => runPooledInstance(short)]);
  const [ours, primea, pooled] = await inTurns(runs, [
    () => world(short),
    () => runPrimea(short),
    () => runPooledInstance(short),
  ]);
  const [oursLong, primeaLong] = await inTurns(runs, [() => world(long), () => runPrimea(long)]);
  // Last, for thousands of memories that come and go slow down all that the process does from then on.
  const [oursThen, fresh] = await inTurns(runs, [() => world(short), () => runFreshInstances(short)]);

  const row = (
    promise: string,
    measured = 0,
    peer: readonly [name: string, theirs: number | undefined, goal: number],
  ): Row => ({
    promise,
    ours: measured,
    unit: 'messages/s',
    peer: { name: peer[0], theirs: peer[1] ?? 0 },
    goal: { atLeast: peer[2] },
  });
  return [
    row('1,000 kernels x depth 10', ours, ['primea-hypervisor 0.9.3', primea, 4]),
    row('10,000 kernels x depth 10', oursLong, ['primea-hypervisor 0.9.3', primeaLong, 10]),
    row('the same, storing nothing', oursThen, ['a fresh instance for each message', fresh, 6]),
    row('the same, storing nothing', ours, ['one instance, page overwritten, one hash', pooled, 0.7]),
  ];
}

type Contestant = () => number | Promise<number>;

/** The median of each, in messages per second; all of them in each round, for machines change from minute to minute. */
async function inTurns(rounds: number, contestants: readonly Contestant[]): Promise<readonly number[]> {
  const results = contestants.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [place, run] of contestants.entries()) results[place]?.push(await run());
  }
  return results.map(median);
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
