/** Where the built program lies, found from wherever this file was bundled to. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assert } from '../base/result';

export interface BuiltFiles {
  readonly version: string;
  /** Absolute paths. */
  readonly root: string;
  readonly examples: string;
  readonly renderer: string;
  readonly preload: string;
  readonly electronMain: string;
  readonly workers: WorkerUrls;
}

/** The built entries of the two workers. */
export interface WorkerUrls {
  readonly world: URL;
  readonly build: URL;
}

export function findBuiltFiles(): BuiltFiles {
  const root = findRoot(import.meta.dirname);
  const about: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert(typeof about === 'object' && about !== null && 'version' in about, 'the program has a version');
  const main = join(root, 'out', 'main');
  return {
    version: String(about.version),
    root,
    examples: join(root, 'examples'),
    renderer: join(root, 'out', 'renderer'),
    preload: join(root, 'out', 'preload', 'preload.cjs'),
    electronMain: join(main, 'electron.js'),
    workers: {
      world: pathToFileURL(join(main, 'world-worker.js')),
      build: pathToFileURL(join(main, 'build-worker.js')),
    },
  };
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  assert(parent !== folder, 'the program lies below its package.json');
  return findRoot(parent);
}
