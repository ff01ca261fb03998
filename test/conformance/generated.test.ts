import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareWithPlain } from './compare';
import { exposeAll } from './expose';
import { type ModuleGenerator, createModuleGenerator } from './module-generator';
import { bytesFromSeed } from './random';
import { shrinkBytes } from './shrink';

/** `CONFORMANCE_MODULES` and `CONFORMANCE_SEED` ask for a longer run, or another one. */
const modules = Number(process.env['CONFORMANCE_MODULES'] ?? 300);
const firstSeed = Number(process.env['CONFORMANCE_SEED'] ?? 0);
const failures = join(import.meta.dirname, 'failures');

let generator: ModuleGenerator;
beforeAll(async () => {
  generator = await createModuleGenerator();
});
afterAll(() => generator.dispose());

const differencesOf = async (seed: Uint8Array): Promise<readonly string[]> =>
  compareWithPlain(exposeAll(await generator.generate(seed)));

/** Keeps the smallest module found that shows a difference; from then on it is tested by itself. */
async function keep(name: string, seed: Uint8Array): Promise<void> {
  const smallest = await shrinkBytes(seed, async (candidate) => (await differencesOf(candidate)).length > 0);
  mkdirSync(failures, { recursive: true });
  writeFileSync(join(failures, `${name}.wasm`), exposeAll(await generator.generate(smallest)));
}

test(
  `${modules} generated modules run as in plain V8`,
  async () => {
    const failed: string[] = [];
    for (let index = 0; index < modules && failed.length < 3; index++) {
      const seed = firstSeed + index;
      const bytes = bytesFromSeed(seed, 200 + ((seed * 37) % 3000));
      const differences = await differencesOf(bytes);
      if (differences.length === 0) continue;
      await keep(`generated-${seed}`, bytes);
      failed.push(`seed ${seed}: ${differences.join('; ')}`);
    }
    expect(failed).toEqual([]);
  },
  60_000 + modules * 1000,
);

const kept = existsSync(failures) ? readdirSync(failures).filter((name) => name.endsWith('.wasm')) : [];

test.each(kept)('%s, which once ran differently, runs as in plain V8', (name) => {
  expect(compareWithPlain(new Uint8Array(readFileSync(join(failures, name))))).toEqual([]);
});
