import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareWithPlain, someCalls } from './compare';
import { exposeAll } from './expose';
import { programOf } from './program';
import { compileText } from './text';

/** `CONFORMANCE_MODULES` and `CONFORMANCE_SEED` ask for a longer run, or another one. */
const programs = Number(process.env['CONFORMANCE_MODULES'] ?? 1000);
const seed = Number(process.env['CONFORMANCE_SEED'] ?? 0);

test(
  `${programs} programs of blocks, branches and calls run as in plain V8`,
  () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255), { maxLength: 400, size: 'max' }), (choices) => {
        const code = exposeAll(compileText(programOf(choices)));
        expect(compareWithPlain(code, someCalls(10, choices.length))).toEqual([]);
      }),
      { numRuns: programs, seed },
    );
  },
  60_000 + programs * 1000,
);
