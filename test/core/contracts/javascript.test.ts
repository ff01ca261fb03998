import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { hashToText } from '../../../core/base/hash';
import type { Build } from '../../../core/contracts/build';
import { buildContract } from '../../../core/contracts/builder';
import { describeCode } from '../../../core/contracts/describe';
import { outcomeToText } from '../../../core/environment/outcome';
import { createFileReader } from '../../../core/host/read-file';
import { bundleToBytes } from '../../../core/javascript/bundle';
import { create, newBranch, signal } from '../../fixtures/branch';

const build = (files: string | Readonly<Record<string, string>>): Promise<Build> =>
  buildContract('contracts/a.js', (path) => {
    const text = typeof files === 'string' ? (path === 'contracts/a.js' ? files : undefined) : files[path];
    return text === undefined ? null : textToBytes(text);
  });

describe('the interface of a contract in JavaScript', () => {
  it('is its exported functions, with what their comments say', async () => {
    const built = await build(`/** An account. */
import { state } from 'kernelscope';

/**
 * Moves money.
 * @param {u64} amount how much
 * @param {string} [to]
 * @param {?boolean} now
 * @returns {list<u8>}
 */
export async function move(amount, to = 'bank (main)', now /* or later */) { return helper(amount, to, now); }
function helper() {}
/** Anything. */
export const arrow = (value, { a, b }, list = [1, 2]) => value;
export const one = value => value;
/** @param {number[]} numbers @returns {void} */
export function sum(numbers) {}
export function receive() {}
export const limit = 5;
export default function unused() {}
`);
    expect(built.ok && built.interface).toEqual({
      kernelscope: 1,
      doc: 'An account.',
      methods: [
        {
          name: 'move',
          doc: 'Moves money.',
          params: [
            { name: 'amount', type: 'u64' },
            { name: 'to', type: 'option<string>' },
            { name: 'now', type: 'option<bool>' },
          ],
          result: 'list<u8>',
        },
        {
          name: 'arrow',
          doc: 'Anything.',
          params: [
            { name: 'value', type: 'value' },
            { name: 'arg1', type: 'value' },
            { name: 'list', type: 'option<value>' },
          ],
          result: 'value',
        },
        { name: 'one', params: [{ name: 'value', type: 'value' }], result: 'value' },
        { name: 'sum', params: [{ name: 'numbers', type: 'list<f64>' }], result: null },
      ],
      records: [],
    });
    const described = built.ok ? describeCode(built.code) : built;
    expect(described).toMatchObject({ ok: true, value: { contract: built.ok && built.interface } });
  });

  it('is what a file beside it says, but for what is not so', async () => {
    const methods = [
      { name: 'f', params: [{ name: 'n', type: 'u8' }], result: 'u8' },
      { name: 'g', params: [], result: null },
    ];
    const built = await build({
      'contracts/a.js': 'export const f = (n) => n;',
      'contracts/a.interface.json': JSON.stringify({ kernelscope: 1, methods, records: [] }),
    });
    expect(built.ok && built.interface.methods).toEqual([methods[0]]);
    expect(built.diagnostics).toMatchObject([
      {
        file: 'contracts/a.interface.json',
        severity: 'warning',
        message: expect.stringContaining('method g'),
      },
    ]);
    expect(built.inputs).toEqual(['contracts/a.js', 'contracts/a.interface.json']);
  });
});

describe('mistakes', () => {
  const mistake = async (files: string | Readonly<Record<string, string>>): Promise<string> => {
    const built = await build(files);
    expect(built.ok).toBe(false);
    return built.diagnostics
      .map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)
      .join();
  };

  it('are told where they stand', async () => {
    expect(await mistake('export function f() {\n  let x = ;\n}')).toMatch(
      /^contracts\/a.js:2:11 unexpected token/,
    );
    expect(await mistake('const x = null;\nx.y;')).toBe(
      "contracts/a.js:2:2 TypeError: cannot read property 'y' of null",
    );
    expect(await mistake("\nimport { x } from './b.js';")).toBe(
      'contracts/a.js:2:19 there is no file contracts/b.js',
    );
    expect(await mistake("import { x } from 'fs';")).toBe(
      'contracts/a.js:1:19 there is no library or import set fs',
    );
    expect(await mistake("import { sate } from 'kernelscope';")).toMatch(/1:1 .*sate.*kernelscope/);
    expect(await mistake("import { state } from 'kernelscope';\n\nstate.get('x');")).toBe(
      'contracts/a.js:3:10 imports can be called while a message runs, not at the top of a module',
    );
    expect(await mistake('for (;;);')).toMatch(/^contracts\/a.js:1:\d+ .*does not come to an end/);
    expect(await mistake('export function f(...all) {}')).toMatch(/^contracts\/a.js:1:8 f takes any number/);
    expect(await mistake({})).toMatch(/not there/);
  });

  it('in other files are told there, and all files that were read are inputs', async () => {
    const files = {
      'contracts/a.js': `import { b } from '../lib/b';\nexport const f = () => b;`,
      'lib/b.js': `import './c.js';\nexport const b = 1;`,
      'lib/c.js': `const c = {;`,
    };
    expect(await mistake(files)).toMatch(/^lib\/c.js:1:12 /);
    const built = await build({ ...files, 'lib/c.js': '' });
    expect(built).toMatchObject({ ok: true, inputs: ['contracts/a.js', 'lib/b.js', 'lib/c.js'] });
  });
});

describe('code that lies', () => {
  it('is refused, or rejects its messages', () => {
    const branch = newBranch();
    const bundle = (text: string, name: string) =>
      bundleToBytes({
        files: [{ path: 'a.js', text }],
        exports: [{ name, takesArguments: false }],
        interface: '',
        imports: null,
      });
    const codes = [
      bundle('export const f = 1 +;', 'f'),
      bundle('export const f = 1;', 'f'),
      bundle('export const f = () => 1;', 'g'),
      bundle('export const f = () => 1;', 'f').slice(0, 40),
      bundleToBytes({ files: [], exports: [], interface: '', imports: null }),
      textToBytes('export const f = () => 1;'),
    ];
    const outcomes = codes.map((code, index) => {
      create(branch, `/k${index}`, code);
      return signal(branch, `/k${index}`, index === 2 ? 'g' : 'f')
        .map(({ outcome }) => outcomeToText(outcome))
        .join();
    });
    expect(outcomes).toEqual([
      expect.stringMatching(/^rejected: the code of \/k0 can't run: unexpected token/),
      expect.stringMatching(/^trap: uncaught error: TypeError/),
      expect.stringMatching(/^trap: uncaught error: TypeError/),
      expect.stringMatching(/^rejected: the code of \/k3 can't run: a bundle of JavaScript/),
      expect.stringMatching(/^rejected: .* without a file/),
      expect.stringMatching(/^rejected: .* no wasm module/),
    ]);
  });
});

describe("the bank's account", () => {
  const readFile = createFileReader(join(import.meta.dirname, '../../../examples/bank'));

  it('does the same in JavaScript as in AssemblyScript', async () => {
    const branch = newBranch();
    for (const ending of ['js', 'ts']) {
      const built = await buildContract(`contracts/account.${ending}`, readFile);
      if (!built.ok) throw new Error('the example compiles');
      create(branch, `/${ending}`, built.code);
    }
    const amount = fc.integer({ min: -1, max: 50 });
    const call = fc.oneof(
      fc.tuple(fc.constantFrom('deposit', 'withdraw'), fc.tuple(amount)),
      fc.tuple(fc.constant('withdrawFor'), fc.tuple(amount, amount)),
      fc.tuple(fc.constant('balance'), fc.constant([])),
    );
    fc.assert(
      fc.property(call, ([method, args]) => {
        const [js, ts] = ['/js', '/ts'].map((address) => {
          const [receipt] = signal(branch, address, method, args);
          if (receipt === undefined) throw new Error('a signal has a receipt');
          const root = receipt.after === null ? null : hashToText(receipt.after);
          const reply = receipt.outcome.kind === 'ok' ? receipt.outcome.reply : null;
          return { outcome: outcomeToText(receipt.outcome), reply, root };
        });
        expect(js).toEqual(ts);
      }),
      { numRuns: 100 },
    );
  });
});
