import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToText, concatBytes, textToBytes } from '../../../core/base/bytes';
import { customSection, withCustomSection } from '../../../core/wasm/custom-section';
import { describeModule } from '../../../core/wasm/describe';
import { moduleNames } from '../../../core/wasm/names';
import { decodeModule } from '../../../core/wasm/module';
import { createWriter, writeSigned, writeU32, written } from '../../../core/wasm/writer';
import { readS32, readS33, readS64, readU32 } from '../../../core/wasm/reader';
import { compileText } from '../../conformance/text';
import { watToWasm } from '../../fixtures/wat';

const header = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

const section = (id: number, ...payload: number[]): Uint8Array =>
  Uint8Array.of(id, payload.length, ...payload);

/** With so many zeros after what it begins with. */
const large = (id: number, begin: readonly number[], zeros: number): Uint8Array =>
  concatBytes([Uint8Array.of(id, ...count(begin.length + zeros), ...begin), new Uint8Array(zeros)]);

function count(value: number): number[] {
  const writer = createWriter(8);
  writeU32(writer, value);
  return [...written(writer)];
}

const module = (...sections: Uint8Array[]): Uint8Array => concatBytes([header, ...sections]);

/** A module with one function `() -> ()` of this code. */
const withCode = (...code: number[]): Uint8Array =>
  module(section(1, 1, 0x60, 0, 0), section(3, 1, 0), section(10, 1, code.length + 2, 0, ...code, 0x0b));

test('what a module shows: imports with their types, exports, custom sections', () => {
  const code = compileText(`(module
    (import "kernel" "log" (func (param i32 i32)))
    (import "env" "memory" (memory 1))
    (func (export "run") (param i64) (result f64) (f64.const 0))
    (global (export "g") i32 (i32.const 1)))`);
  const shape = describeModule(withCustomSection(code, 'about', textToBytes('it')));
  expect(shape).toMatchObject({
    ok: true,
    value: {
      imports: [
        { module: 'kernel', name: 'log', kind: 'function', type: { params: ['i32', 'i32'], results: [] } },
        { module: 'env', name: 'memory', kind: 'memory', type: null },
      ],
      exports: [
        { name: 'run', kind: 'function', type: { params: ['i64'], results: ['f64'] } },
        { name: 'g', kind: 'global', type: null },
      ],
      customSections: new Map([['about', textToBytes('it')]]),
    },
  });
});

test('a custom section is replaced, and the code stays valid', () => {
  const first = withCustomSection(compileText('(module (func (export "f")))'), 'about', textToBytes('one'));
  const second = withCustomSection(first, 'about', textToBytes('two, longer'));
  expect(bytesToText(customSection(second, 'about') ?? new Uint8Array())).toBe('two, longer');
  expect(customSection(second, 'other')).toBeNull();
  expect(WebAssembly.validate(new Uint8Array(second))).toBe(true);
});

test('functions have the names of the name section, as far as it can be read', () => {
  const names = Uint8Array.of(1, 8, 2, 0, 1, 0x61, 2, 2, 0x62, 0x63, 1, 200);
  const decoded = describeModule(withCustomSection(withCode(), 'name', names));
  expect(decoded.ok && [...moduleNames(decoded.value).functions]).toEqual([
    [0, 'a'],
    [2, 'bc'],
  ]);
});

test('parameters, locals and globals have their names', () => {
  const text = `(module (global $count (mut i32) (i32.const 0)) (table $t 1 funcref)
    (func (param i32) (local $unused i64)) (func $f (param $a i32) (param i32) (local $b f64)))`;
  const decoded = describeModule(watToWasm(text));
  const names = moduleNames(decoded.ok ? decoded.value : { customSections: new Map() });
  expect(names.globals).toEqual(new Map([[0, 'count']]));
  expect(names.tables).toEqual(new Map([[0, 't']]));
  expect(names.locals.get(0)?.get(1)).toBe('unused');
  expect(names.locals.get(1)?.get(0)).toBe('a');
  expect(names.locals.get(1)?.get(2)).toBe('b');
});

describe('what kernels do not take is refused where it stands, with the proposal it is of', () => {
  test.each([
    ['a shared memory', 'threads and atomics', module(section(5, 1, 3, 1, 2)), 11],
    ['an index type of 64 bits', 'memory64', module(section(5, 1, 4, 1)), 11],
    ['a page size', 'custom page sizes', module(section(5, 1, 8, 1, 0)), 11],
    ['a second memory', 'multi-memory', module(section(5, 2, 0, 1, 0, 1)), 13],
    ['the vector type v128', 'SIMD', module(section(1, 1, 0x60, 1, 0x7b, 0)), 13],
    ['an atomic instruction (0xfe)', 'threads and atomics', withCode(0xfe, 0x03, 0x00), 23],
    ['a vector instruction (0xfd 0xc)', 'SIMD', withCode(0xfd, 0x0c), 23],
    ['a relaxed vector instruction (0xfd 0x100)', 'relaxed SIMD', withCode(0xfd, 0x80, 0x02), 23],
    ['an instruction on exceptions (0x06)', 'exception handling', withCode(0x06, 0x40, 0x0b), 23],
    ['the reference type 0x69', 'exception handling', withCode(0x02, 0x69, 0x0b), 24],
    ['a section of exception tags', 'exception handling', module(section(13, 0)), 8],
    ['an instruction on collected objects (0xfb)', 'garbage collection', withCode(0xfb, 0x00), 23],
    ['a type of collected objects', 'garbage collection', module(section(1, 1, 0x5f, 0)), 11],
    ['an instruction on typed references (0x14)', 'function references', withCode(0x14, 0x00), 23],
    ['an instruction on continuations (0xe0)', 'stack switching', withCode(0xe0, 0x00), 23],
    ['an instruction on integers of 128 bits (0xfc 0x13)', 'wide arithmetic', withCode(0xfc, 0x13), 23],
    ['an access to one of several memories', 'multi-memory', withCode(0x41, 0, 0x28, 0x42, 1, 0, 0x1a), 26],
    [
      'i32.const in a constant',
      'extended constant expressions',
      module(section(6, 1, 0x7f, 0, 0x41, 1, 0x41, 2, 0x6a, 0x0b)),
      15,
    ],
    [
      'a global of its own in a constant',
      'garbage collection',
      module(section(6, 2, 0x7f, 0, 0x41, 1, 0x0b, 0x7f, 0, 0x23, 0, 0x0b)),
      18,
    ],
  ])('%s: %s', (what, proposal, code, offset) => {
    const described = describeModule(code);
    expect(described).toMatchObject({
      ok: false,
      error: { code: 'unsupported-code', position: { offset }, remedy: expect.any(String) as string },
    });
    expect(described.ok ? '' : described.error.message).toMatch(`${what}, which is of the proposal`);
    expect(described.ok ? '' : described.error.message).toContain(proposal);
  });

  test('a component is told from a module', () => {
    expect(describeModule(Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0))).toMatchObject({
      error: { code: 'unsupported-code', message: expect.stringContaining('a component') as string },
    });
  });
});

describe('a module of too many things is refused before it is read whole', () => {
  const types = section(1, 1, 0x60, 0, 0);
  const declared = section(3, 1, 0);
  test.each([
    ['3000000 types', module(large(1, count(3_000_000), 9_000_000))],
    ['17 tables', module(section(4, 17, ...Array.from({ length: 17 }, () => [0x70, 0, 0]).flat()))],
    ['5000000 elements in segments', module(large(9, [1, 1, 0, ...count(5_000_000)], 5_000_000))],
    ['4097 custom sections', module(...Array.from({ length: 5000 }, () => section(0, 1, 0x61)))],
    [
      '65521 labels of a br_table',
      module(types, declared, large(10, [1, ...count(70_004), 0, 0x0e, ...count(65_521)], 70_000)),
    ],
    ['1001 parameters or results', module(large(1, [1, 0x60, ...count(1001)], 1100))],
    ['4294967295 locals', module(types, declared, section(10, 1, 8, 1, ...count(2 ** 32 - 1), 0x7f, 0x0b))],
  ])('%s', (what, code) => {
    expect(describeModule(code)).toMatchObject({
      ok: false,
      error: { code: 'unsupported-code', message: expect.stringContaining(`${what}; the most is`) as string },
    });
  });
});

describe('what is no module is refused where it stops being one', () => {
  test.each([
    ['text', textToBytes('(module)'), 0],
    ['another version', Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0), 4],
    ['nothing', new Uint8Array(), 0],
    ['an unknown section', module(section(99)), 8],
    ['a section twice', module(section(1, 0), section(1, 0)), 11],
    ['a section longer than the bytes', module(Uint8Array.of(1, 100, 0)), 10],
    ['a number that never ends', module(section(1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0)), 10],
    ['more elements than bytes', module(section(1, 0xff, 0xff, 0xff, 0xff, 0x0f)), 10],
    ['an unknown instruction', withCode(0x27), 23],
    ['a body without a function', module(section(10, 1, 2, 0, 0x0b)), 11],
    ['a function without a body', module(section(1, 1, 0x60, 0, 0), section(3, 1, 0)), 18],
  ])('%s', (_, code, offset) => {
    expect(describeModule(code)).toMatchObject({
      ok: false,
      error: { code: 'malformed-code', position: { offset } },
    });
  });
});

test('blocks may nest as deep as the bytes allow', () => {
  const depth = 100_000;
  const blocks = Array.from({ length: depth }, () => [0x02, 0x40]).flat();
  const ends = Array.from({ length: depth }, () => 0x0b);
  const size = createWriter(8);
  writeU32(size, 2 + 3 * depth);
  const body = [...written(size), 0, ...blocks, ...ends, 0x0b];
  const length = createWriter(8);
  writeU32(length, body.length + 1);
  const code = module(
    section(1, 1, 0x60, 0, 0),
    section(3, 1, 0),
    Uint8Array.of(10, ...written(length), 1, ...body),
  );
  expect(describeModule(code).ok).toBe(true);
});

test('any bytes after the header are read or refused, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(13), fc.uint8Array({ maxLength: 60 }))), (sections) => {
      const bytes = module(...sections.map(([id, payload]) => section(id, ...payload)));
      const decoded = decodeModule(bytes);
      if (!decoded.ok) expect(decoded.error.position?.offset).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 500 },
  );
});

test('numbers are read as they were written, at any width', () => {
  const reader = (value: number, write: typeof writeU32) => {
    const writer = createWriter(1);
    write(writer, value);
    return { bytes: written(writer), at: 0, end: writer.at };
  };
  fc.assert(
    fc.property(fc.integer(), fc.maxSafeInteger(), (value, wide) => {
      expect(readU32(reader(value >>> 0, writeU32))).toBe(value >>> 0);
      expect(readS32(reader(value, writeSigned))).toBe(value);
      expect(readS33(reader(value >>> 0, writeSigned))).toBe(value >>> 0);
      expect(readS64(reader(wide, writeSigned))).toBe(BigInt(wide));
    }),
  );
});
