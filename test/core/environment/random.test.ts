import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Address } from '../../../core/environment/address';
import { createEnvironment } from '../../../core/environment/environment';
import { defaultLimits } from '../../../core/environment/limits';
import { drawRandom } from '../../../core/environment/random';
import { emptyTree } from '../../../core/state/tree';

const environment = (seed: number, id: number) =>
  createEnvironment({
    message: {
      id,
      from: null,
      to: '/dice' as Address,
      method: 'roll',
      args: Uint8Array.of(0x80),
      replyTo: null,
      gas: null,
    },
    limits: defaultLimits,
    time: 0,
    seed,
    answers: [],
    before: emptyTree,
  });

it('draws one stream, however it is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(80), { maxLength: 8 }), (lengths) => {
      const whole = drawRandom(
        environment(1, 2),
        lengths.reduce((sum, length) => sum + length, 0),
      );
      const run = environment(1, 2);
      expect(lengths.flatMap((length) => [...drawRandom(run, length)])).toEqual([...whole]);
    }),
  );
});

it('draws another stream for another seed or message', () => {
  const [first, ...others] = [environment(1, 2), environment(2, 2), environment(1, 3)].map((run) =>
    drawRandom(run, 32).join(),
  );
  expect(others).not.toContain(first);
});
