import { runPrimea } from './primea';
import { runFreshInstances, runPooledInstance } from './bare-loops';
import { createChain } from './chain';
for (const [a, d] of [
  [1000, 10],
  [10000, 10],
] as const) {
  const c = createChain(a, d);
  for (let i = 0; i < 3; i++)
    console.log(a, await runPrimea(c), await runFreshInstances(c), await runPooledInstance(c));
}
