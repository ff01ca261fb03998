import { rootAddress } from '../../core/environment/address';
import { type Environment, createEnvironment } from '../../core/environment/environment';
import { type Limits, defaultLimits } from '../../core/environment/limits';
import { emptyTree } from '../../core/state/tree';

/** Enough for any module of these tests, so that what ends a run is its own doing. */
export const generousLimits: Limits = { ...defaultLimits, gas: 100_000_000, pages: 1024 };

export const environmentOf = (limits: Limits): Environment =>
  createEnvironment({
    message: {
      id: 0,
      from: null,
      to: rootAddress,
      method: 'run',
      args: Uint8Array.of(0x80),
      replyTo: null,
      gas: null,
    },
    limits,
    time: 0,
    seed: 0,
    answers: [],
    before: emptyTree,
  });
