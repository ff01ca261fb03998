import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeValue, encodeValue } from '../../../../core/base/value';
import { type ModuleGenerator, createModuleGenerator } from '../../../conformance/module-generator';
import { bytesFromSeed } from '../../../conformance/random';
import { shrinkBytes } from '../../../conformance/shrink';
import { type Case, type CaseMaker, createCaseMaker } from './cases';
import { problemOf } from './trial';

/** `npm run fuzz -- --minutes 30` asks for a longer run; it goes on where `--seed` says. */
const minutes = Number(process.env['FUZZ_MINUTES'] ?? 0);
const firstSeed = Number(process.env['FUZZ_SEED'] ?? 0);
const usually = 200;
const failures = join(import.meta.dirname, 'failures');

let generator: ModuleGenerator;
let makeCase: CaseMaker;
beforeAll(async () => {
  generator = await createModuleGenerator();
  makeCase = createCaseMaker(generator);
});
afterAll(() => generator.dispose());

test(
  'whatever code does, each message has its receipt, and the next one runs',
  () => {
    const end = Date.now() + minutes * 60_000;
    const goesOn = (tried: number): boolean => (minutes > 0 ? Date.now() < end : tried < usually);
    const failed: string[] = [];
    for (let tried = 0; goesOn(tried) && failed.length < 3; tried++) {
      const seed = firstSeed + tried;
      const bytes = bytesFromSeed(seed, 40 + ((seed * 37) % 400));
      const problem = problemOf(makeCase(bytes));
      if (problem === null) continue;
      keep(`seed-${seed}`, bytes);
      failed.push(`seed ${seed}: ${problem}`);
    }
    expect(failed).toEqual([]);
  },
  300_000 + minutes * 60_000,
);

/** Keeps the smallest case found that fails; from then on it is tested by itself. */
function keep(name: string, seed: Uint8Array): void {
  const smallest = shrinkBytes(seed, (candidate) => problemOf(makeCase(candidate)) !== null);
  const { code, messages } = makeCase(smallest);
  mkdirSync(failures, { recursive: true });
  writeFileSync(join(failures, `${name}.wasm`), code);
  writeFileSync(
    join(failures, `${name}.case`),
    encodeValue([code, ...messages.map(([method, args]) => [method, args])]),
  );
}

const kept = existsSync(failures) ? readdirSync(failures).filter((name) => name.endsWith('.case')) : [];

test.each(kept)('%s, which once failed, has its receipts', (name) => {
  expect(problemOf(readCase(new Uint8Array(readFileSync(join(failures, name)))))).toBeNull();
});

function readCase(bytes: Uint8Array): Case {
  const decoded = decodeValue(bytes);
  const [code, ...messages] = decoded.ok && Array.isArray(decoded.value) ? decoded.value : [];
  if (!(code instanceof Uint8Array)) throw new Error('a kept case has code');
  return {
    code,
    messages: messages.flatMap((message) => {
      const [method, args] = Array.isArray(message) ? message : [];
      return typeof method === 'string' && args instanceof Uint8Array ? [[method, args] as const] : [];
    }),
  };
}
