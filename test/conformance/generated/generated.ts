/** Modules made from numbers, run in plain V8 and in the containers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareWithPlain, someCalls } from '../compare';
import { exposeAll } from '../expose';
import { type ModuleGenerator, createModuleGenerator } from '../module-generator';
import { bytesFromSeed } from '../random';
import { shrinkBytes } from '../shrink';

/**
 * How many modules all parts together compare. `CONFORMANCE_MODULES` and `CONFORMANCE_SEED` ask for a longer run, or for
 * another one.
 */
const modules = Number(
  process.env['CONFORMANCE_MODULES'] ?? (process.env['CI'] === undefined ? 1000 : 10_000),
);
const firstSeed = Number(process.env['CONFORMANCE_SEED'] ?? 0);

/** Modules of one test. */
const stretch = 250;

/** Of each module. */
const calls = 4;

export const failures = join(import.meta.dirname, '../failures');

/** One of the parts that run beside each other, each in a process of its own: its modules are compared by stretches. */
export function compareGenerated(part: number, parts: number): void {
  for (let from = part * stretch; from < modules; from += parts * stretch) {
    const until = Math.min(from + stretch, modules);
    test(`generated modules ${firstSeed + from} to ${firstSeed + until - 1} run as in plain V8`, async () => {
      const generator = await createModuleGenerator();
      const failed: string[] = [];
      for (let seed = firstSeed + from; seed < firstSeed + until && failed.length < 3; seed++) {
        const bytes = bytesFromSeed(seed, 200 + ((seed * 37) % 1500));
        const differences = differencesOf(generator, seed, bytes);
        if (differences.length === 0) continue;
        keep(generator, seed, bytes);
        failed.push(`seed ${seed}: ${differences.join('; ')}`);
      }
      generator.dispose();
      expect(failed).toEqual([]);
    }, 600_000);
  }
}

/** The seed of a kept module is in its name. */
export const callsOf = (seed: number) => someCalls(calls, seed);

function differencesOf(generator: ModuleGenerator, seed: number, bytes: Uint8Array): readonly string[] {
  return compareWithPlain(exposeAll(generator.generate(bytes)), callsOf(seed));
}

/** Keeps the smallest module found that shows a difference; from then on it is tested by itself. */
function keep(generator: ModuleGenerator, seed: number, bytes: Uint8Array): void {
  const smallest = shrinkBytes(bytes, (candidate) => differencesOf(generator, seed, candidate).length > 0);
  mkdirSync(failures, { recursive: true });
  writeFileSync(join(failures, `generated-${seed}.wasm`), exposeAll(generator.generate(smallest)));
}
