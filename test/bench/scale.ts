/** What things cost as worlds, histories and states grow. */
import { proveKey } from '../../core/state/proof';
import { diffTrees } from '../../core/state/diff';
import { nativeHashOf } from '../../core/store/native-hash';
import { createChain } from './chain';
import { buildChainContract, openChainWorld } from './chain-world';
import type { Point } from './point';
import { fill, iterateAll, perSecond, randomWrites, readAll } from './state';

export async function scalePoints(): Promise<readonly Point[]> {
  const code = await buildChainContract();
  // So that the smallest is not the one that is compiled meanwhile.
  byKernels(1000, code);
  byKeys(10_000);
  return [
    ...[10, 100, 1000, 10_000].flatMap((kernels) => byKernels(kernels, code)),
    ...[1000, 10_000, 100_000].flatMap((messages) => byMessages(messages, code)),
    ...[1000, 10_000, 100_000, 1_000_000].flatMap(byKeys),
  ];
}

/** As many messages, among more kernels. */
function byKernels(kernels: number, code: Uint8Array): readonly Point[] {
  const world = openChainWorld(createChain(kernels, 9), code);
  try {
    const rounds = Array.from({ length: 10_000 / kernels }, () => world.run());
    return [{ measure: 'messages/s', of: 'kernels', size: kernels, value: mean(rounds) }];
  } finally {
    world.close();
  }
}

/** Among a hundred kernels. */
function byMessages(messages: number, code: Uint8Array): readonly Point[] {
  const world = openChainWorld(createChain(100, 9), code);
  const point = (measure: string, value: number): Point => ({
    measure,
    of: 'messages',
    size: messages,
    value,
  });
  try {
    const rounds = Array.from({ length: messages / 1000 }, () => world.run());
    return [
      point('messages/s', mean(rounds)),
      point('start again (ms)', world.reopen()),
      point('bytes on disk a receipt', world.size() / world.branch.length),
    ];
  } finally {
    world.close();
  }
}

function byKeys(keys: number): readonly Point[] {
  const writes = randomWrites(keys);
  let tree = fill(writes.slice(0, 0), 1000);
  const point = (measure: string, value: number): Point => ({ measure, of: 'keys', size: keys, value });
  const some = writes.slice(0, 1000);
  return [
    point(
      'insert, root every 1000 (keys/s)',
      perSecond(keys, () => (tree = fill(writes, 1000))),
    ),
    point(
      'read (keys/s)',
      perSecond(keys, () => readAll(tree, writes)),
    ),
    point(
      'iterate (keys/s)',
      perSecond(keys, () => iterateAll(tree, keys)),
    ),
    point(
      'change one and hash (us)',
      1e6 /
        perSecond(some.length, () => {
          for (const [key] of some) tree.with([[key, changed]]).hash(() => undefined, nativeHashOf);
        }),
    ),
    point(
      'diff of one change (us)',
      1e6 /
        perSecond(some.length, () => {
          for (const [key] of some) Array.from(diffTrees(tree, tree.with([[key, changed]])));
        }),
    ),
    point(
      'proof of a key (us)',
      1e6 /
        perSecond(some.length, () => {
          for (const [key] of some) proveKey(tree, key);
        }),
    ),
  ];
}

const changed = Uint8Array.of(1);

const mean = (values: readonly number[]): number =>
  values.length / values.reduce((sum, value) => sum + 1 / value, 0);
