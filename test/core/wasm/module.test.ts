import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToText, concatBytes, textToBytes } from '../../../core/base/bytes';
import { customSection, withCustomSection } from '../../../core/wasm/custom-section';
import { describeModule } from '../../../core/wasm/describe';
import { functionNames } from '../../../core/wasm/function-names';
import { decodeModule } from '../../../core/wasm/module';
import { createWriter, writeSigned, writeU32, written } from '../../../core/wasm/writer';
import { readS32, readS33, readS64, readU32 } from '../../../core/wasm/reader';
import { compileText } from '../../conformance/text';

const header = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

const section = (id: number, ...payload: number[]): Uint8Array =>
  Uint8Array.of(id, payload.length, ...payload);

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
  expect(decoded.ok && [...functionNames(decoded.value)]).toEqual([
    [0, 'a'],
    [2, 'bc'],
  ]);
});

describe('what kernels do not take is refused where it stands', () => {
  test.each([
    ['a shared memory', module(section(5, 1, 3, 1, 2)), 11],
    ['an index type of 64 bits', module(section(5, 1, 4, 1)), 11],
    ['a second memory', module(section(5, 2, 0, 1, 0, 1)), 13],
    ['the vector type v128', module(section(1, 1, 0x60, 1, 0x7b, 0)), 13],
    ['an atomic instruction (0xfe)', withCode(0xfe, 0x03, 0x00), 23],
    ['a vector instruction (0xfd 0xc)', withCode(0xfd, 0x0c), 23],
    ['a relaxed vector instruction (0xfd 0x100)', withCode(0xfd, 0x80, 0x02), 23],
    ['an instruction on exceptions (0x06)', withCode(0x06, 0x40, 0x0b), 23],
    ['a section of exception tags', module(section(13, 0)), 8],
    ['an instruction on collected objects (0xfb)', withCode(0xfb, 0x00), 23],
    ['a type of collected objects', module(section(1, 1, 0x5f, 0)), 11],
    ['an instruction on typed references (0x14)', withCode(0x14, 0x00), 23],
    ['an access to one of several memories', withCode(0x41, 0, 0x28, 0x42, 1, 0, 0x1a), 26],
  ])('%s', (message, code, offset) => {
    expect(describeModule(code)).toMatchObject({
      ok: false,
      error: {
        code: 'unsupported-code',
        message,
        position: { offset },
        remedy: expect.any(String) as string,
      },
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
    [
      'more locals than any engine takes',
      module(
        section(1, 1, 0x60, 0, 0),
        section(3, 1, 0),
        section(10, 1, 8, 1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x7f, 0x0b),
      ),
      23,
    ],
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
