/** What is measured, by the name that asks for it alone. */
import { largeWorldRows } from './large';
import { messageRows } from './messages';
import { meteringRows } from './metering';
import type { Point } from './point';
import { queryPoints } from './queries';
import type { Row } from './row';
import { saveRows } from './save';
import { scalePoints } from './scale';
import { sessionRows } from './sessions';
import { stateRows } from './state';
import { steppingRows } from './stepping';
import { watchedRows } from './watched';
import { windowRows } from './window';

export interface Measured {
  readonly rows: readonly Row[];
  /** What is measured at several sizes, and drawn. */
  readonly points: readonly Point[];
}

export type Group = (runs: number) => Promise<Measured>;

const ofRows =
  (measure: (runs: number) => readonly Row[] | Promise<readonly Row[]>): Group =>
  async (runs) => ({ rows: await measure(runs), points: [] });

const ofPoints =
  (measure: () => Promise<readonly Point[]>): Group =>
  async () => ({ rows: [], points: await measure() });

export const groups: ReadonlyMap<string, Group> = new Map([
  ['messages', ofRows(messageRows)],
  ['state', ofRows(stateRows)],
  ['metering', ofRows(meteringRows)],
  ['stepping', ofRows(steppingRows)],
  ['sessions', ofRows(sessionRows)],
  ['window', ofRows(windowRows)],
  ['save', ofRows(saveRows)],
  ['watched', ofRows(watchedRows)],
  ['large', ofRows(() => largeWorldRows(1))],
  ['scale', ofPoints(scalePoints)],
  ['queries', ofPoints(queryPoints)],
]);
