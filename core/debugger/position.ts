/** Where a run stands, in the code and in its source. */
import type { CodePosition } from '../environment/outcome';
import type { DebugCode } from './code';
import { type SourcePlace, isLibrary } from './lines';
import type { Timeline } from './timeline';

export interface Position extends CodePosition {
  /** Instructions executed before. */
  readonly count: number;
  /** Calls that are on; 1 in the entry. */
  readonly depth: number;
  /** `null` where nothing is known of the source. */
  readonly place: SourcePlace | null;
}

export function positionOf({ machine, count }: Timeline, { lines }: DebugCode): Position {
  const { function: index, offset, depth } = machine.position();
  return { function: index, offset, count, depth, place: lines?.sourceOf(index, offset) ?? null };
}

/** Whether it is a line that the contract's author wrote. */
export const isAuthored = (place: SourcePlace | null): place is SourcePlace =>
  place !== null && !isLibrary(place.file);
