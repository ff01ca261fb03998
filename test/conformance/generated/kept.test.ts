import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareWithPlain } from '../compare';
import { callsOf, failures } from './generated';

const kept = existsSync(failures) ? readdirSync(failures).filter((name) => name.endsWith('.wasm')) : [];

test.each(kept)('%s, which once ran differently, runs as in plain V8', (name) => {
  const [, seed = 0] = /(\d+)\.wasm$/.exec(name) ?? [];
  const bytes = new Uint8Array(readFileSync(join(failures, name)));
  expect(compareWithPlain(bytes, callsOf(Number(seed)))).toEqual([]);
});
