/** Moves that were asked for while one was under way. */
import type { StudioParams } from '../../../core/studio/protocol/studio';

export type Move = StudioParams<'debug.move'>['move'];

/**
 * Adds a move. Steps of one kind become one move of as many steps, so that a key held down never falls behind; of moments
 * to go to one after the other only the last one counts.
 */
export function withMove(queue: readonly Move[], move: Move): readonly Move[] {
  const last = queue.at(-1);
  const isSameStep =
    last !== undefined &&
    'times' in last &&
    'times' in move &&
    last.kind === move.kind &&
    last.back === move.back &&
    last.by === move.by;
  if (last?.kind === 'to count' && move.kind === 'to count') return [...queue.slice(0, -1), move];
  return isSameStep ? [...queue.slice(0, -1), { ...last, times: last.times + move.times }] : [...queue, move];
}
