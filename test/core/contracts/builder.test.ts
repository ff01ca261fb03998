import { describe, expect, it } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { buildContract } from '../../../core/contracts/builder';
import { watToWasm } from '../../fixtures/wat';

type File = string | Uint8Array;

const build = (path: string, files: Readonly<Record<string, File>>) =>
  buildContract(path, (name) => {
    const file = files[name];
    return typeof file === 'string' ? textToBytes(file) : (file ?? null);
  });

const counter = `(module
  (func (export "add") (param i64 i32) (result i64)
    (i64.add (local.get 0) (i64.extend_i32_u (local.get 1)))))`;

const described = JSON.stringify({
  kernelscope: 1,
  methods: [
    {
      name: 'add',
      doc: 'Adds.',
      params: [
        { name: 'to', type: 'u64' },
        { name: 'by', type: 'u8' },
      ],
      result: 'u64',
    },
  ],
  records: [],
});

describe('WAT', () => {
  it('becomes code, with names, and a description by its exports', async () => {
    const built = await build('contracts/x.wat', { 'contracts/x.wat': counter });
    expect(built.ok && built.interface.methods).toEqual([
      {
        name: 'add',
        params: [
          { name: 'arg0', type: 's64' },
          { name: 'arg1', type: 's32' },
        ],
        result: 's64',
      },
    ]);
    expect(built.inputs).toEqual(['contracts/x.wat']);
  });

  it('is told of mistakes in grammar and types where they stand', async () => {
    const grammar = await build('x.wat', { 'x.wat': '(module\n  (funk))\n' });
    expect(grammar).toMatchObject({
      ok: false,
      diagnostics: [{ file: 'x.wat', line: 2, column: 4, length: 4, severity: 'error' }],
    });
    const types = await build('x.wat', {
      'x.wat': '(module\n  (func (export "f") (result i32)\n    i64.const 1))\n',
    });
    expect(types).toMatchObject({ ok: false, diagnostics: [{ file: 'x.wat', line: 3 }] });
    expect(types.diagnostics[0]?.message).toContain('type mismatch');
  });

  it.each([
    ['(memory 1 1 shared)', 'threads and atomics'],
    ['(memory 1) (func (drop (i32.atomic.load (i32.const 0))))', 'threads and atomics'],
    ['(func (drop (i32x4.splat (i32.const 1))))', 'SIMD'],
    ['(func (param v128))', 'SIMD'],
    ['(func (drop (i32x4.relaxed_trunc_f32x4_s (v128.const i32x4 0 0 0 0))))', 'relaxed SIMD'],
    ['(tag $t)', 'exception handling'],
    ['(type (struct))', 'garbage collection and typed function references'],
    ['(memory 1) (memory 1)', 'multi-memory'],
    ['(memory i64 1)', 'memory64'],
    ['(global i32 (i32.add (i32.const 1) (i32.const 2)))', 'extended constant expressions'],
  ])('is told which proposal kernels do not take, and what to do: %s', async (text, proposal) => {
    const built = await build('x.wat', { 'x.wat': `(module ${text})` });
    expect(built.ok).toBe(false);
    expect(built.diagnostics[0]).toMatchObject({ file: 'x.wat', line: 1 });
    expect(built.diagnostics[0]?.message).toContain(`of the proposal "${proposal}"`);
    expect(built.diagnostics[0]?.message).toMatch(/(Compile|Use) /);
  });
});

describe('prebuilt wasm', () => {
  it('is taken as it is, or with the interface beside it', async () => {
    const code = watToWasm(counter);
    const bare = await build('x.wasm', { 'x.wasm': code });
    expect(bare.ok && bare.code).toEqual(code);
    const files = { 'x.wasm': code, 'x.interface.json': described };
    const built = await build('x.wasm', files);
    expect(built.ok && built.interface.methods[0]?.doc).toBe('Adds.');
    expect(built.inputs).toEqual(['x.wasm', 'x.interface.json']);
    const again = await build('y.wasm', { 'y.wasm': built.ok ? built.code : '' });
    expect(again.ok && again.interface).toEqual(built.ok && built.interface);
  });

  it('is told of an interface that is broken, or says what is not so', async () => {
    const code = watToWasm(counter);
    const broken = await build('x.wasm', { 'x.wasm': code, 'x.interface.json': '{' });
    expect(broken).toMatchObject({ ok: false, diagnostics: [{ file: 'x.interface.json' }] });
    const lying = await build('x.wasm', {
      'x.wasm': code,
      'x.interface.json': described.replace('"add"', '"sub"'),
    });
    expect(lying).toMatchObject({
      ok: true,
      interface: { methods: [] },
      diagnostics: [{ file: 'x.interface.json', severity: 'warning' }],
    });
  });

  it('that is no module is refused with the offset, whatever stands beside it', async () => {
    for (const code of [Uint8Array.of(0, 97, 115), new Uint8Array(20), new Uint8Array()]) {
      for (const files of [{ 'x.wasm': code }, { 'x.wasm': code, 'x.interface.json': described }]) {
        const built = await build('x.wasm', files);
        expect(built).toMatchObject({
          ok: false,
          diagnostics: [{ file: 'x.wasm', message: expect.stringMatching(/offset \d+/) }],
        });
      }
    }
  });
});

it.each(['x.wasm', 'x.wat', 'x.ts'])('%s of 100 MB is refused in words', async (path) => {
  const huge = new Uint8Array(100_000_000).fill(0x20);
  huge.set(watToWasm('(module)'));
  const built = await build(path, { [path]: huge });
  expect(built).toMatchObject({ ok: false, diagnostics: [{ file: path }] });
  expect(built.diagnostics[0]?.message).toContain('100000000 bytes');
});

it('a file of no known language, or none at all, is a diagnostic', async () => {
  expect((await build('bank.rs', { 'bank.rs': '' })).diagnostics[0]?.message).toContain(
    '.ts, .js, .wat, .wasm',
  );
  for (const path of ['x.wasm', 'x.wat', 'x.ts']) {
    expect((await build(path, {})).diagnostics[0]).toMatchObject({ file: path, severity: 'error' });
  }
});

it('an import that no set offers is warned of before any message comes', async () => {
  const text = '(module (import "kernel" "stat_get" (func)) (func (export "f")))';
  const built = await build('x.wat', { 'x.wat': text });
  expect(built).toMatchObject({ ok: true, diagnostics: [{ file: 'x.wat', severity: 'warning' }] });
  expect(built.diagnostics[0]?.message).toMatch(/kernel\.stat_get.*Did you mean state_get/s);
});
