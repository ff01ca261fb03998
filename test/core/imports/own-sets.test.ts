/** Import sets that a workspace declares by itself, in a script. */
import { beforeAll, describe, expect, test } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { type Value, decodeValue } from '../../../core/base/value';
import type { VmContainer } from '../../../core/container/container';
import { createJavaScriptContainer } from '../../../core/container/javascript/javascript-container';
import { createSteppingContainer } from '../../../core/container/wasm-stepping/stepping-container';
import { createWasmContainer } from '../../../core/container/wasm/wasm-container';
import { buildContract } from '../../../core/contracts/builder';
import type { Address } from '../../../core/environment/address';
import type { Answer } from '../../../core/environment/answer';
import { type Limits, defaultLimits } from '../../../core/environment/limits';
import { type Branch, createBranch } from '../../../core/history/branch';
import { carriedSetsToBytes, importsSection } from '../../../core/imports/carried-set';
import type { ImportCall } from '../../../core/imports/trace';
import { bindSignal } from '../../../core/kernel/control-signals';
import type { Receipt } from '../../../core/kernel/receipt';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { withCustomSection } from '../../../core/wasm/custom-section';
import { create, partsOn, signal } from '../../fixtures/branch';
import { watToWasm } from '../../fixtures/wat';

type Files = Readonly<Record<string, string>>;

const build = (path: string, files: Files) =>
  buildContract(path, (name) => (files[name] === undefined ? null : textToBytes(files[name])));

async function codeOf(path: string, files: Files): Promise<Uint8Array> {
  const built = await build(path, files);
  if (!built.ok) throw new Error(built.diagnostics.map(({ message }) => message).join('\n'));
  return built.code;
}

async function mistakesOf(path: string, files: Files): Promise<readonly string[]> {
  const { diagnostics } = await build(path, files);
  return diagnostics.map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

const wasm = [createWasmContainer(), createJavaScriptContainer()];
const stepping = [createSteppingContainer(), createJavaScriptContainer()];

interface Kernel {
  readonly branch: Branch;
  send(method: string, ...args: readonly Value[]): Receipt;
  /** The reply, or how it ended. */
  ask(method: string, ...args: readonly Value[]): Value;
  /** Import calls of the last message, run again. */
  calls(): readonly ImportCall[];
}

function kernelOf(
  code: Uint8Array,
  more: {
    readonly containers?: readonly VmContainer[];
    readonly answers?: readonly Answer[];
    readonly limits?: Partial<Limits>;
  } = {},
): Kernel {
  const parts = partsOn(createMemoryStorage(), more.containers ?? wasm);
  const created = createBranch(parts, 'main', {
    limits: { ...defaultLimits, ...more.limits },
    seed: 1,
    schedule: 'fifo',
    answers: more.answers ?? [],
  });
  if (!created.ok) throw new Error(created.error.message);
  const branch = created.value;
  create(branch, '/k', code);
  function send(method: string, ...args: readonly Value[]): Receipt {
    const [receipt] = signal(branch, '/k', method, args);
    if (receipt === undefined) throw new Error('a signal has a receipt');
    return receipt;
  }
  return {
    branch,
    send,
    ask(method, ...args) {
      const { outcome } = send(method, ...args);
      if (outcome.kind === 'rejected') return outcome.reason;
      if (outcome.kind === 'trap') return `${outcome.reason}: ${outcome.detail}`;
      const reply = outcome.reply === null ? null : decodeValue(outcome.reply);
      return reply?.ok === true ? reply.value : null;
    },
    calls() {
      const calls: ImportCall[] = [];
      const again = branch.rerun(branch.length - 1, {
        onImport: (call) => void calls.push(call),
        onTrap: () => undefined,
      });
      if (!again.ok) throw new Error(again.error.message);
      return calls.filter(({ set }) => set !== 'kernel');
    },
  };
}

const shapes = `
  let calls = 0;
  export default {
    doc: 'One function of each shape.',
    functions: {
      mix: {
        doc: 'Numbers of each kind.',
        params: { small: 'i32', large: 'i64', half: 'f32', whole: 'f64' },
        result: 'f64',
        run: (small, large, half, whole) => small + Number(large) + half + whole,
      },
      half: { doc: 'Half of it.', params: { n: 'f64' }, result: 'f32', run: (n) => n / 2 },
      large: { doc: 'One more.', params: { n: 'i64' }, result: 'i64', run: (n) => BigInt(n) + 1n },
      shout: {
        doc: 'In capitals; nothing for no text.',
        params: { text: 'text' },
        result: 'text',
        run: (text) => (text === '' ? undefined : text.toUpperCase()),
      },
      turn: { doc: 'Backwards.', params: { bytes: 'bytes' }, result: 'bytes', run: (bytes) => bytes.reverse() },
      wrap: { doc: 'In a list.', params: { value: 'value', n: 'i32' }, result: 'value', run: (value, n) => Array(n).fill(value) },
      count: { doc: 'How often it was called since.', result: 'i32', run: () => ++calls },
      nothing: { doc: 'Does nothing.', run: () => undefined },
    },
  };`;

const users: Files = {
  'imports/shapes.js': shapes,
  'contracts/a.ts': `
    import * as shapes from "kernelscope/shapes";
    export function mix(a: i32, b: i64, c: f32, d: f64): f64 { return shapes.mix(a, b, c, d); }
    export function half(n: f64): f64 { return shapes.half(n); }
    export function large(n: u64): u64 { return <u64>shapes.large(<i64>n); }
    export function shout(text: string): string | null { return shapes.shout(text); }
    export function turn(bytes: Uint8Array): Uint8Array { return shapes.turn(bytes)!; }
    export function wrap(text: string, n: i32): string[] { return shapes.wrap<string, string[]>(text, n, []); }
    export function count(): i32 { shapes.count(); return shapes.count(); }
    export function nothing(): void { shapes.nothing(); }`,
  'contracts/a.js': `
    import * as shapes from 'kernelscope/shapes';
    export const mix = (a, b, c, d) => shapes.mix(a, b, c, d);
    export const half = (n) => shapes.half(n);
    export const large = (n) => shapes.large(n);
    export const turn = (bytes) => shapes.turn(bytes);
    export const nothing = () => shapes.nothing();
    export const shout = (text) => shapes.shout(text) ?? null;
    export const wrap = (text, n) => shapes.wrap(text, n);
    export function count() { shapes.count(); return shapes.count(); }`,
};

const asked: readonly (readonly [method: string, args: readonly Value[], reply: Value])[] = [
  ['mix', [-1, 2, 0.5, 0.25], 1.75],
  ['half', [0.2], Math.fround(0.1)],
  ['half', [-0.5], -0.25],
  ['large', [2 ** 40], 2 ** 40 + 1],
  ['shout', ['größer'], 'GRÖSSER'],
  ['shout', [''], null],
  ['shout', ['x'.repeat(5000)], 'X'.repeat(5000)],
  ['turn', [Uint8Array.of(1, 2, 3)], Uint8Array.of(3, 2, 1)],
  ['wrap', ['a', 3], ['a', 'a', 'a']],
  // Each call sees the script as new.
  ['count', [], 1],
  ['nothing', [], null],
];

/** The compiler takes long to begin. */
beforeAll(() => codeOf('contracts/a.ts', users), 120_000);

describe('a set is called with what it declares', () => {
  test('from AssemblyScript, in both containers of wasm alike', async () => {
    const code = await codeOf('contracts/a.ts', users);
    const [first, second] = [kernelOf(code), kernelOf(code, { containers: stepping })];
    for (const [method, args, reply] of asked) {
      expect([method, first.ask(method, ...args)]).toEqual([method, reply]);
      second.send(method, ...args);
      expect(second.calls()).toEqual(first.calls());
    }
    expect(second.branch.receipts(0, 100)).toEqual(first.branch.receipts(0, 100));
    expect(second.branch.root()).toEqual(first.branch.root());
  });

  test('from JavaScript', async () => {
    const kernel = kernelOf(await codeOf('contracts/a.js', users));
    for (const [method, args, reply] of asked)
      expect([method, kernel.ask(method, ...args)]).toEqual([method, reply]);
    expect(kernel.ask('shout', 5)).toMatch(
      /^uncaught error: TypeError: the text of shapes.shout is no text \(contracts\/a.js:8:/,
    );
  });

  test('from WebAssembly text, by its plain name', async () => {
    const text = `(module (import "shapes" "large" (func $large (param i64) (result i64)))
      (func (export "f") (param i64) (result i64) (call $large (local.get 0))))`;
    const kernel = kernelOf(await codeOf('contracts/a.wat', { ...users, 'contracts/a.wat': text }));
    expect(kernel.ask('f', 41)).toBe(42);
  });
});

describe('what it does is the run’s own', () => {
  const hostile = `
    const kept = [];
    const dig = () => [dig()];
    export default {
      doc: 'Does what it should not.',
      functions: {
        spin: { doc: 'x', run: () => { for (;;); } },
        bomb: { doc: 'x', run: () => { for (;;) kept.push(new Uint8Array(1 << 16)); } },
        dig: { doc: 'x', result: 'i32', run: () => dig().length },
        fail: { doc: 'x', run: () => { throw new RangeError('no such day'); } },
        lie: { doc: 'x', result: 'i32', run: () => 'text' },
        wide: { doc: 'x', result: 'i64', run: () => 2n ** 64n },
        late: { doc: 'x', result: 'i32', run: async () => 1 },
        odd: { doc: 'x', result: 'value', run: () => new Map() },
        dice: { doc: 'x', result: 'f64', run: () => Math.random() },
        date: { doc: 'x', result: 'f64', run: () => Date.now() },
        nan: { doc: 'x', result: 'f64', run: () => NaN },
      },
    };`;
  const names = ['spin', 'bomb', 'dig', 'fail', 'lie', 'wide', 'late', 'odd', 'dice', 'date', 'nan'];
  const files: Files = {
    'imports/hostile.js': hostile,
    'contracts/a.ts': `
      import * as hostile from "kernelscope/hostile";
      ${names.map((name) => `export function ${name}(): void { hostile.${name}${name === 'odd' ? '<i32>(0)' : '()'}; }`).join('\n')}
      export function deep(n: i32): i32 { return n == 0 ? hostile.dig() : deep(n - 1) + 1; }`,
    'contracts/a.js': `
      import * as hostile from 'kernelscope/hostile';
      ${names.map((name) => `export const ${name} = () => void hostile.${name}();`).join('\n')}`,
  };
  const ends: readonly (readonly [method: string, end: RegExp])[] = [
    ['spin', /^out of gas: null$/],
    ['bomb', /^refused: hostile\.bomb: InternalError: out of memory \(imports\/hostile\.js:8:\d+\)$/],
    ['dig', /^refused: hostile\.dig: it calls too deep$/],
    ['fail', /^refused: hostile\.fail: RangeError: no such day \(imports\/hostile\.js:10:\d+\)$/],
    ['lie', /^refused: what hostile\.lie gives is no i32$/],
    [
      'wide',
      /^refused: hostile\.wide: TypeError: .* holds 18446744073709551616, which needs more than 64 bits/,
    ],
    ['late', /^refused: hostile\.late: TypeError: .* holds a Promise/],
    ['odd', /^refused: hostile\.odd: TypeError: .* holds a Map/],
    [
      'dice',
      /^refused: hostile\.dice: TypeError: an import set draws no random numbers \(imports\/hostile\.js:15:\d+\)$/,
    ],
    [
      'date',
      /^refused: hostile\.date: ReferenceError: .*Date.* is not defined \(imports\/hostile\.js:16:\d+\)$/,
    ],
    ['nan', /^nothing$/],
  ];

  test.each(['contracts/a.ts', 'contracts/a.js'])('gas, memory, depth and failures: %s', async (path) => {
    const code = await codeOf(path, files);
    const kernel = kernelOf(code, { limits: { gas: 20_000_000 } });
    for (const [method, end] of ends) {
      expect(kernel.ask(method) ?? 'nothing').toMatch(end);
      expect(kernel.calls().at(-1)?.name).toBe(method);
    }
    expect(kernel.branch.receipt(1)?.gasUsed).toBe(20_000_000);
    expect(kernel.ask('nan')).toBeNull();
  });

  test('a call from deep down has a stack of its own', async () => {
    const code = await codeOf('contracts/a.ts', files);
    for (const containers of [wasm, stepping]) {
      const kernel = kernelOf(code, { containers });
      expect(kernel.ask('deep', 5000)).toBe('refused: hostile.dig: it calls too deep');
      expect(kernel.ask('nan')).toBeNull();
    }
  });
});

describe('it is an input of the runs', () => {
  const rates = (rate: number): string =>
    `export default { doc: 'Rates.', functions: { rate: { doc: 'x', result: 'i32', run: () => ${rate} } } };`;
  const contract = `
    import { state } from 'kernelscope';
    import { rate } from 'kernelscope/rates';
    export function keep() { state.set('rate', rate()); return rate(); }`;
  const codeAt = (rate: number) =>
    codeOf('contracts/a.js', { 'imports/rates.js': rates(rate), 'contracts/a.js': contract });

  test('another one changes nothing of the past', async () => {
    const kernel = kernelOf(await codeAt(1));
    expect(kernel.ask('keep')).toBe(1);
    const { branch } = kernel;
    const hash = branch.addCode(await codeAt(2));
    branch.signal(bindSignal('/k' as Address, { code: hash, codeName: null }));
    branch.run(10);
    expect(kernel.ask('keep')).toBe(2);
    for (let index = 0; index < branch.length; index++)
      expect(branch.rerun(index, { onImport: () => undefined, onTrap: () => undefined })).toMatchObject({
        ok: true,
      });
  });

  test('its calls are answered by hand like any', async () => {
    const at = { kernel: '/k' as Answer['kernel'], import: 'rates.rate' };
    const code = await codeAt(1);
    expect(kernelOf(code, { answers: [{ ...at, value: 7 }] }).ask('keep')).toBe(7);
    const failing = kernelOf(code, { answers: [{ ...at, call: 1, fail: 'closed' }] });
    expect(failing.ask('keep')).toBe('refused: closed');
    expect(failing.calls().map(({ name, result, answered }) => [name, result, answered])).toEqual([
      ['rate', 1, false],
      ['rate', null, true],
    ]);
  });
});

describe('code that lies about the sets it carries', () => {
  const carrying = (text: string, section: Uint8Array) =>
    withCustomSection(watToWasm(text), importsSection, section);
  const set = (name: string, result: 'i32' | null = null) =>
    carriedSetsToBytes([
      {
        name,
        doc: '',
        functions: { f: { doc: '', params: [], result, gas: { base: 1, perByte: 1 } } },
        files: [{ path: 'a.js', text: 'export default { functions: {} };' }],
      },
    ]);
  const calling = (name: string) => `(module (import "${name}" "f" (func $f)) (func (export "g") (call $f)))`;

  test.each([
    [
      'a set in the place of the kernel’s',
      carrying(calling('kernel'), set('kernel')),
      /the set kernel has no such function/,
    ],
    [
      'a function that is declared and not there',
      carrying(calling('own'), set('own')),
      /^refused: own\.f: TypeError/,
    ],
    ['another type than the code imports', carrying(calling('own'), set('own', 'i32')), /is imported as/],
    ['no sets at all', carrying(calling('own'), Uint8Array.of(1, 2, 3)), /import sets that the code carries/],
    ['a name of another kind', carrying(calling('a.b'), set('a.b')), /import sets that the code carries/],
  ])('%s', (_, code, words) => {
    expect(kernelOf(code).ask('g')).toMatch(words);
  });
});

describe('a set that can’t be read is told of with its place', () => {
  const declared = (text: string): Files => ({
    'contracts/a.js': `import { f } from 'kernelscope/own';\nexport const g = () => f();`,
    'imports/own.js': text,
  });
  const withF = (text: string) => declared(`export default { doc: 'x', functions: { f: ${text} } };`);

  test.each([
    [
      'no set',
      declared('export const f = 1;'),
      'imports/own.js:1: expected `export default { doc, functions }`',
    ],
    ['what is no JavaScript', declared('\nexport default {;'), 'imports/own.js:2: '],
    [
      'an unknown type',
      withF(`{ doc: 'x', params: { a: 'u64' }, run: () => 1 }`),
      'imports/own.js:1: functions.f.params.a: expected a type: i32, i64, f32, f64, bytes, text, value',
    ],
    [
      'a word of the language',
      declared(`export default { doc: 'x', functions: { delete: { doc: 'x', run: () => 1 } } };`),
      'imports/own.js:1: functions.delete: it is a word of the language',
    ],
    ['no function', withF(`{ doc: 'x', run: 1 }`), 'imports/own.js:1: functions.f.run: expected a function'],
    [
      'no words',
      withF(`{ run: () => 1 }`),
      'imports/own.js:1: functions.f.doc: expected some words for its users',
    ],
    [
      'a key that there is not',
      withF(`{ doc: 'x', retult: 'i32', run: () => 1 }`),
      'imports/own.js:1: functions.f: ',
    ],
    [
      'the kernel’s imports',
      declared(`import { time } from 'kernelscope/kernel';`),
      'imports/own.js:1: there is no library or import set kernelscope/kernel',
    ],
  ])('%s', async (_, files, mistake) => {
    const [first] = await mistakesOf('contracts/a.js', files);
    expect(first).toContain(mistake);
    expect(await mistakesOf('imports/own.js', files)).toEqual([first]);
  });

  test('one in TypeScript, with what to do', async () => {
    const { 'contracts/a.js': contract = '' } = declared('');
    const files = { 'contracts/a.js': contract, 'imports/own.ts': 'export default {};' };
    const words = [
      expect.stringMatching(/^imports\/own\.ts:1: .*JavaScript: rename the file to imports\/own\.js/),
    ];
    expect(await mistakesOf('contracts/a.js', files)).toEqual(words);
    expect(await mistakesOf('imports/own.ts', files)).toEqual(words);
  });

  test('an import that no set has', async () => {
    const [first] = await mistakesOf('contracts/a.js', {
      'contracts/a.js': `import { f } from 'kernelscope/own';`,
    });
    expect(first).toBe('contracts/a.js:1: there is no library or import set kernelscope/own');
  });
});
