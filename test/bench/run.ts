/** Measures every promise next to its peer, prints them as a table and writes them as JSON. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { largeWorldRows } from './large';
import { messageRows } from './messages';
import { meteringRows } from './metering';
import { type Point, pointsToPlot, pointsToTable } from './point';
import { queryPoints } from './queries';
import { type Row, holds, ratioOf, rowsToTable } from './row';
import { saveRows } from './save';
import { scalePoints } from './scale';
import { sessionRows } from './sessions';
import { stateRows } from './state';
import { steppingRows } from './stepping';
import { watchedRows } from './watched';
import { windowRows } from './window';

const runs = 5;

const suites: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  messages: () => messageRows(runs),
  state: () => stateRows(runs),
  metering: () => meteringRows(runs),
  stepping: () => steppingRows(runs),
  sessions: () => sessionRows(),
  window: () => windowRows(runs),
  save: () => saveRows(runs),
  watched: () => watchedRows(runs),
  large: () => Promise.resolve(largeWorldRows(1)),
};

/** What is measured at several sizes. */
const growing: Readonly<Record<string, () => Promise<readonly Point[]>>> = {
  scale: scalePoints,
  queries: queryPoints,
};

const asked = process.argv.slice(2);
const isAsked = (name: string): boolean => asked.length === 0 || asked.includes(name);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(suites)) {
  if (!isAsked(name)) continue;
  console.log(`measuring: ${name}`);
  rows.push(...(await measure()));
}
if (rows.length > 0) console.log(`\n${rowsToTable(rows)}`);

const points: Point[] = [];
for (const [name, measure] of Object.entries(growing)) {
  if (!isAsked(name)) continue;
  console.log(`\nmeasuring: ${name}`);
  const measured = await measure();
  points.push(...measured);
  console.log(`\n${pointsToTable(measured)}`);
  writeFileSync(join(import.meta.dirname, `../bench-${name}.svg`), await pointsToPlot(measured));
}

const machine = `${process.platform} ${process.arch}, ${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`;
console.log(`\nMedians of ${runs} runs on ${machine}.`);
const results = {
  machine,
  runs,
  rows: rows.map((row) => ({ ...row, ratio: ratioOf(row), holds: holds(row) })),
  points,
};
writeFileSync(join(import.meta.dirname, '../bench-results.json'), `${JSON.stringify(results, null, 2)}\n`);
