import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareCode } from '../../core/container/wasm/code';
import { generousLimits } from './environment';
import { exposeAll } from './expose';
import { type ModuleGenerator, createModuleGenerator } from './module-generator';
import { bytesFromSeed } from './random';

let generator: ModuleGenerator;
beforeAll(async () => {
  generator = await createModuleGenerator();
});
afterAll(() => generator.dispose());

/** Some bytes of a module, by their place as a fraction, and what they become. */
const mutations = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
  minLength: 1,
  maxLength: 4,
});

/** Valid in V8, and yet refused, for what kernels don't take. */
const unsupported = /shared memory|exceptions|exception tag|v128|vector instruction|atomic|64 bits/;

test('a module with changed bytes is refused exactly when V8 refuses it, or uses what kernels do not take', async () => {
  for (let seed = 0; seed < 30; seed++) {
    const module = exposeAll(generator.generate(bytesFromSeed(seed, 300 + 50 * seed)));
    fc.assert(
      fc.property(mutations, (changes) => {
        const bytes = module.slice();
        for (const [place, value] of changes) bytes[8 + Math.floor(place * (bytes.length - 9))] = value;
        const code = prepareCode(bytes, [], generousLimits);
        if (code.ok) expect(WebAssembly.validate(bytes)).toBe(true);
        else if (WebAssembly.validate(bytes)) expect(code.error.message).toMatch(unsupported);
        else expect(code.error.position?.offset ?? 0).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 100, seed },
    );
  }
});
