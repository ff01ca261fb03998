/** Measures every promise next to its peer, prints them as a table and writes them as JSON. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Measured, groups } from './groups';
import { type Point, pointsToPlot, pointsToTable } from './point';
import { type Row, holds, ratioOf, rowsToTable } from './row';

const runs = 5;

const names = [...groups.keys()];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !groups.has(name));
if (unknown.length > 0) throw new Error(`not measured: ${unknown.join(', ')}; there is ${names.join(', ')}`);

const rows: Row[] = [];
const points: Point[] = [];
for (const name of asked.length === 0 ? names : asked) {
  console.log(`measuring: ${name}`);
  const measured = await measureAlone(name);
  if (measured.rows.length > 0) console.log(`\n${rowsToTable(measured.rows)}\n`);
  if (measured.points.length > 0) {
    console.log(`\n${pointsToTable(measured.points)}\n`);
    writeFileSync(join(import.meta.dirname, `../bench-${name}.svg`), await pointsToPlot(measured.points));
  }
  rows.push(...measured.rows);
  points.push(...measured.points);
}

const machine = `${process.platform} ${process.arch}, ${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`;
console.log(`Medians of ${runs} runs on ${machine}.`);
const results = {
  machine,
  runs,
  rows: rows.map((row) => ({ ...row, ratio: ratioOf(row), holds: holds(row) })),
  points,
};
writeFileSync(join(import.meta.dirname, '../bench-results.json'), `${JSON.stringify(results, null, 2)}\n`);

/** In a process of its own: what one group leaves behind is not to slow down the next. */
async function measureAlone(name: string): Promise<Measured> {
  const child = fork(join(import.meta.dirname, 'group.js'), [name, String(runs)]);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${name} ended without a result`);
  });
  const told = once(child, 'message').then(([measured]) => measured as Measured);
  return await Promise.race([told, ended]);
}
