import { rootAddress } from '../../core/environment/address';
import { type Environment, type Given, createEnvironment } from '../../core/environment/environment';
import { type Limits, defaultLimits } from '../../core/environment/limits';
import type { Message } from '../../core/environment/message';
import { emptyTree } from '../../core/state/tree';

/** Enough for any module of these tests, so that what ends a run is its own doing. */
export const generousLimits: Limits = { ...defaultLimits, gas: 100_000_000, pages: 1024 };

const signal: Message = {
  id: 0,
  from: null,
  to: rootAddress,
  method: 'run',
  args: Uint8Array.of(0x80),
  replyTo: null,
  gas: null,
};

/** Of a signal to a kernel that knows nothing yet. */
export const environmentOf = (limits: Limits, more: Partial<Given> = {}): Environment =>
  createEnvironment({ message: signal, limits, time: 0, seed: 0, answers: [], before: emptyTree, ...more });
