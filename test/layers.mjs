/**
 * Checks the direction of every import against the table in .dependency-cruiser.mjs. With `--prove` it plants a fault
 * of each kind in a project of its own instead, and sees that each is reported.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const project = join(import.meta.dirname, '..');
const folders = ['core', 'electron', 'renderer', 'test'];

/** One file for each rule, and what else has to be there for it. */
const plantedFaults = {
  'layer-wasm': { 'core/wasm/a.ts': `import type { K } from '../kernel/k'; export type A = K;` },
  'unlisted-folder': { 'core/extras/a.ts': `import { base } from '../base/b'; export const a = base;` },
  'unlisted-folder-imported': { 'core/state/a.ts': `export { lonely } from '../others/lonely';` },
  'windowless-core': { 'core/cli/a.ts': `import { useState } from 'react'; export const a = useState;` },
  'pure-core': {
    'core/kernel/a.ts': `import { readFileSync } from 'node:fs'; export const a = readFileSync;`,
  },
  'renderer-reach': { 'renderer/a.ts': `export const a = import('../core/kernel/k');` },
  'renderer-node': { 'renderer/b.ts': `import 'node:path';` },
  'electron-reach': { 'electron/a.ts': `import '../core/kernel/k';` },
  'services-hidden': {
    'core/scenario/a.ts': `import type { S } from '../studio/services/s'; export type A = S;`,
  },
  'electron-only-in-its-folder': {
    'core/host/a.ts': `import { app } from 'electron'; export const a = app;`,
  },
  'panels-apart': { 'renderer/panels/one/A.ts': `import '../two/B';` },
  'tests-apart': { 'core/host/b.ts': `import '../../test/t';` },
  'no-cycles': {
    'core/base/c.ts': `import { d } from './d'; export const c = () => d;`,
    'core/base/d.ts': `import { c } from './c'; export const d = () => c;`,
  },
  resolvable: { 'core/base/e.ts': `import './nowhere';` },
};

const bystanders = {
  'core/base/b.ts': 'export const base = 1;',
  'core/kernel/k.ts': 'export interface K {}',
  'core/others/lonely.ts': 'export const lonely = 1;',
  'core/studio/services/s.ts': 'export interface S {}',
  'renderer/panels/two/B.ts': 'export const b = 1;',
  'test/t.ts': 'export const t = 1;',
};

/** What dependency-cruiser reports for the project in `folder`. */
function cruise(folder) {
  const there = folders.filter((name) => existsSync(join(folder, name)));
  const run = spawnSync(
    process.execPath,
    [
      join(project, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...there,
      '--output-type',
      'json',
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  if (!run.stdout.startsWith('{')) throw new Error(run.stderr || 'dependency-cruiser said nothing');
  return JSON.parse(run.stdout);
}

/** Modules of ours, to notice a parser that silently skipped them. */
const countSources = (folder) =>
  folders
    .filter((name) => existsSync(join(folder, name)))
    .flatMap((name) => readdirSync(join(folder, name), { recursive: true, withFileTypes: true }))
    .filter(({ name, parentPath }) => /\.tsx?$/.test(name) && !/\bnode_modules\b/.test(parentPath)).length;

function check() {
  const { modules, summary } = cruise(project);
  for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} -> ${to}`);
  const cruised = modules.filter(
    ({ source }) => /\.tsx?$/.test(source) && !source.includes('node_modules'),
  ).length;
  const there = countSources(project);
  if (cruised < there) console.error(`only ${cruised} of ${there} source files were read`);
  console.log(`${cruised} source files, ${summary.error} violations`);
  return summary.error === 0 && cruised >= there;
}

function prove() {
  const folder = mkdtempSync(join(tmpdir(), 'layers-'));
  try {
    for (const name of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
      copyFileSync(join(project, name), join(folder, name));
    }
    symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
    const files = Object.assign({}, bystanders, ...Object.values(plantedFaults));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const reported = new Set(
      cruise(folder).summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`),
    );
    const missed = Object.entries(plantedFaults).filter(
      ([rule, planted]) => !Object.keys(planted).some((path) => reported.has(`${rule}: ${path}`)),
    );
    for (const [rule] of missed) console.error(`planted, but not reported: ${rule}`);
    console.log(
      `${Object.keys(plantedFaults).length - missed.length} of ${Object.keys(plantedFaults).length} planted faults reported`,
    );
    return missed.length === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

process.exitCode = (process.argv.includes('--prove') ? prove() : check()) ? 0 : 1;
