/** Contracts in JavaScript that want everything: each message has a receipt, and the next one runs. */
import { describe, expect, test } from 'vitest';
import type { Limits } from '../../../core/environment/limits';
import { bundleToBytes } from '../../../core/javascript/bundle';
import { victimOf } from './victim';

const sdk = `import { args, copy, create, log, randomBytes, remove, reply, send, state } from 'kernelscope';`;

const attacks: readonly (readonly [name: string, ends: RegExp, text: string, limits?: Partial<Limits>])[] = [
  [
    'a million messages',
    /^trap: (refused: .*10000|out of gas)/,
    `export const f = () => { for (let n = 0; n < 1_000_000; n++) send('/honest', 'add', 1); };`,
    { gas: 2 ** 40 },
  ],
  [
    'a giant key',
    /^trap: refused: key of 1000000 bytes/,
    `export const f = () => state.set('k'.repeat(1e6), 1);`,
    { gas: 2 ** 32 },
  ],
  [
    'a giant value',
    /^trap: refused: value of \d+ bytes; the most is 1048576/,
    `export const f = () => state.set('k', new Uint8Array(2 ** 21));`,
    { gas: 2 ** 32 },
  ],
  [
    'a giant reply',
    /^trap: refused: value of/,
    `export const f = () => 'x'.repeat(2 ** 21);`,
    { gas: 2 ** 32 },
  ],
  [
    'more random bytes than memory',
    /^trap: (out of gas|uncaught error: )/,
    `export const f = () => randomBytes(2 ** 31);`,
  ],
  [
    'a negative number of random bytes',
    /^trap: (out of gas|uncaught error: |refused: )/,
    `export const f = () => randomBytes(-1);`,
  ],
  [
    'a value that holds itself',
    /^trap: (stack overflow|out of gas|uncaught error: )/,
    `export const f = () => { const a = []; a.push(a); return a; };`,
  ],
  [
    'a value that nests deep',
    /^trap: |^ok$/,
    `export const f = () => { let a = []; for (let n = 0; n < 200; n++) a = [a]; state.set('deep', a); return a; };`,
  ],
  [
    'a log without an end',
    /^trap: out of gas$/,
    `export const f = () => { for (;;) log('x'.repeat(1e5)); };`,
  ],
  [
    'a fork bomb of children',
    /^trap: (out of gas|refused: )/,
    `export const f = () => { for (let n = 0; ; n++) create('c' + n, 'nowhere.js'); };`,
  ],
  ['its own removal in the middle', /^ok$/, `export const f = () => { remove('.'); send('.', 'f'); };`],
  [
    'names for children of every kind',
    /^trap: refused: /,
    `export const f = () => { for (const name of ['', '.', '..', 'a/b', '\\0', 'ü', 'x'.repeat(999)]) create(name, 'nowhere.js'); };`,
  ],
  [
    'throws what is no error',
    /^trap: uncaught error: /,
    `export const f = () => { throw { toString() { throw 1; } }; };`,
  ],
  [
    'throws a million characters',
    /^trap: uncaught error: x/,
    `export const f = () => { throw new Error('x'.repeat(1e6)); };`,
    { gas: 2 ** 32 },
  ],
  [
    'throws more characters than an outcome keeps',
    new RegExp(`^trap: uncaught error: RangeError: x{${2 ** 20 - 'RangeError: '.length}}… \\(a.js:1:`),
    `export const f = () => { throw new RangeError('x'.repeat(2 ** 20)); };`,
    { gas: 2 ** 32 },
  ],
  [
    'throws a name of many characters',
    /^trap: uncaught error: x{1048576}… \(/,
    `export const f = () => { const e = new Error('m'); e.name = 'x'.repeat(2 ** 21); throw e; };`,
    { gas: 2 ** 32 },
  ],
  ...[
    "' (x:1'.repeat(2 ** 18)",
    "':1'.repeat(2 ** 18)",
    "' '.repeat(2 ** 20)",
    "'\\n at '.repeat(2 ** 18)",
  ].map(
    (stack) =>
      [
        `throws an error with a stack of its own, ${stack}`,
        /^trap: uncaught error: m/,
        `export const f = () => { const e = new Error('m'); e.stack = '    at ' + ${stack} + ':'; throw e; };`,
        { gas: 2 ** 32 },
      ] as const,
  ),
  [
    'gives up with more words than an outcome keeps',
    /^trap: abort: x{1048576}…$/,
    `import { fail } from 'kernelscope'; export const f = () => fail('x'.repeat(2 ** 21));`,
    { gas: 2 ** 32 },
  ],
  [
    'breaks what all objects have',
    /^(ok|trap: )/,
    `Object.prototype.kind = 'out'; Array.prototype.at = null; Uint8Array.prototype.slice = () => 1; export const f = () => args();`,
  ],
  [
    'a getter for each part of its reply',
    /^(ok|trap: )/,
    `export const f = () => ({ get a() { reply(2); return this; } });`,
  ],
  [
    'a proxy as its reply',
    /^(ok|trap: )/,
    `export const f = () => new Proxy({}, { ownKeys: () => { throw 1; } });`,
  ],
  [
    'a promise that never is',
    /^trap: uncaught error: .*never settled/,
    `export const f = () => new Promise(() => {});`,
  ],
  [
    'a promise with a then of its own',
    /^(ok|trap: )/,
    `export const f = () => ({ then(done) { for (;;) done(); } });`,
  ],
  ['code that is made while it runs', /^(ok|trap: )/, `export const f = () => new Function('for (;;);')();`],
  [
    'modules that are imported while it runs',
    /^(ok|trap: )/,
    `export const f = async () => (await import('./b.js')).x;`,
  ],
  [
    'a buffer that is not where it says',
    /^trap: uncaught error: TypeError: the host is asked/,
    `import { Exchange } from 'kernelscope/exchange';
     export const f = () => { const e = Exchange.enter(); e.address = 2 ** 40; e.call(0); };`,
  ],
  ...[-4, 1.5, 2, NaN, 2 ** 24, 2 ** 31, 2 ** 32, 2 ** 53, '{}'].map(
    (address) =>
      [
        `a buffer at ${address}`,
        /^(ok|trap: )/,
        `import { Exchange } from 'kernelscope/exchange';
         export const f = () => { const e = Exchange.enter(); e.address = ${address}; e.call(0xfffe, 'text'); e.call(3); };`,
      ] as const,
  ),
  ...[-1, 2 ** 30, 2 ** 31 - 1].map(
    (at) =>
      [
        `a text that is to be written at ${at}`,
        /^(ok|trap: )/,
        `import { Exchange } from 'kernelscope/exchange';
         export const f = () => { const e = Exchange.enter(); e.words.set([0, 2 ** 31 - 1, ${at}, 4]); e.call(0xfffe, 'text'); e.call(0xfffd); };`,
      ] as const,
  ),
  [
    'an import whose name is nearly everywhere in its text',
    /^rejected: .*there is no library or import set kernelscope\/a+…$/,
    `import 'kernelscope/${'a'.repeat(2 ** 17)}'; export const f = 1; // '${'a'.repeat(2 ** 20)}`,
  ],
  ['a start that never ends', /^rejected: .*does not come to an end/, `for (;;); export const f = 1;`],
  ['a start that throws', /^rejected: .*no luck/, `throw new Error('no luck'); export const f = 1;`],
  ['a start that calls an import', /^rejected: .*while a message runs/, `log('x'); export const f = 1;`],
  [
    'a start that takes all memory',
    /^rejected: /,
    `const b = []; for (;;) b.push(new Uint8Array(1e6)); export const f = 1;`,
  ],
];

/** As it is, without the compiler, which would refuse some. */
const bundleOf = (text: string): Uint8Array =>
  bundleToBytes({
    files: [{ path: 'a.js', text }],
    exports: [{ name: 'f', takesArguments: false }],
    interface: '',
    imports: null,
  });

describe('its message ends with a reason, and the next one runs', () => {
  test.each(attacks.map(([name, ends, text, limits = {}]) => ({ name, ends, text, limits })))(
    '$name',
    ({ ends, text, limits }) => {
      const victim = victimOf(bundleOf(`${sdk} ${text}`), limits);
      const outcome = victim.attack();
      expect(outcome).toMatch(ends);
      expect(outcome.length).toBeLessThan(2_000_000);
      victim.expectUnharmed();
    },
  );
});
