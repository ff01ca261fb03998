import type { ResourceLimits } from 'node:worker_threads';

/**
 * Of every thread that runs contracts, so that the same code nests equally deep in all of them. Contracts may nest
 * deep: their limits are counted, and this is above what they count to.
 */
export const worldThreadLimits: ResourceLimits = { stackSizeMb: 64, maxOldGenerationSizeMb: 1024 };
