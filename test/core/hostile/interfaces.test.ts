/** Modules whose interface section lies, or is no interface at all. */
import { describe, expect, test } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { describeCode } from '../../../core/contracts/describe';
import { interfaceSection } from '../../../core/contracts/interface';
import { withCustomSection } from '../../../core/wasm/custom-section';
import { watToWasm } from '../../fixtures/wat';
import { victimOf } from './victim';

const plain = watToWasm(`(module
  (func (export "f")) (func (export "g") (param i32 i64) (result f64) (f64.const 1))
  (global (export "global") i32 (i32.const 0)) (memory (export "memory") 1))`);

const withText = (text: string) => withCustomSection(plain, interfaceSection, textToBytes(text));

const withInterface = (methods: readonly unknown[], records: readonly unknown[] = []) =>
  withText(JSON.stringify({ kernelscope: 1, methods, records }));

const method = (name: string, params: readonly string[] = [], result: string | null = null) => ({
  name,
  params: params.map((type, index) => ({ name: `p${index}`, type })),
  result,
});

const record = (name: string, ...types: readonly string[]) => ({
  name,
  fields: types.map((type, index) => ({ name: `field${index}`, type })),
});

const numbered = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const lies: readonly (readonly [name: string, code: Uint8Array, warning: RegExp])[] = [
  ['nothing', withText(''), /not as it should be/],
  ['not JSON', withText('methods: []'), /not as it should be/],
  ['a number', withText('1'), /not as it should be/],
  ['another version', withText('{"kernelscope":2,"methods":[],"records":[]}'), /kernelscope/],
  [
    'bytes that are no text',
    withCustomSection(plain, interfaceSection, Uint8Array.of(0xff, 0xfe, 0x00, 0xed)),
    /not as/,
  ],
  ['lists in lists', withText('['.repeat(1_000_000)), /not as it should be/],
  ['maps in maps', withText('{"methods":'.repeat(100_000)), /not as it should be/],
  [
    'lists in lists where methods should be',
    withText(`{"kernelscope":1,"methods":${'['.repeat(400_000)}${']'.repeat(400_000)},"records":[]}`),
    /not as/,
  ],
  [
    'a hundred thousand methods that are none',
    withInterface(numbered(100_000, () => 1)),
    /not as it should be/,
  ],
  [
    'twenty megabytes',
    withText(`{"kernelscope":1,"doc":"${'a'.repeat(20_000_000)}","methods":[],"records":[]}`),
    /characters; the most is/,
  ],
  ['a method that is not exported', withInterface([method('absent')]), /no export of that name/],
  ['a method that is a global', withInterface([method('global')]), /no export of that name/],
  ['a method that is the memory', withInterface([method('memory')]), /no export of that name/],
  [
    'a method of Object',
    withInterface([method('constructor'), method('__proto__'), method('toString')]),
    /no export/,
  ],
  ['too few parameters', withInterface([method('g', ['s32'], 'f64')]), /different parameters or results/],
  ['too many parameters', withInterface([method('g', ['s32', 's64', 's64'], 'f64')]), /different/],
  ['other types', withInterface([method('g', ['s64', 's32'], 'f64')]), /different/],
  ['another result', withInterface([method('g', ['s32', 's64'], 'f32')]), /different/],
  ['no result', withInterface([method('g', ['s32', 's64'])]), /different/],
  ['a type that is none', withInterface([method('f', ['u7'])]), /is not a type/],
  ['a type of a thousand brackets', withInterface([method('f', ['list<'.repeat(200)])]), /is not a type/],
  [
    'a type nested deeply',
    withInterface([method('f', [`${'list<'.repeat(100)}u8${'>'.repeat(100)}`])]),
    /nested too deeply/,
  ],
  ['a type longer than any', withInterface([method('f', ['a'.repeat(2000)])]), /not as it should be/],
  ['a record that is not there', withInterface([method('f', ['account'])]), /no record of that name/],
  [
    'a record that holds itself',
    withInterface([method('f', ['a'])], [record('a', 'option<a>')]),
    /holds itself/,
  ],
  [
    'records that hold each other',
    withInterface([method('f', ['a'])], [record('a', 'list<b>'), record('b', 'a')]),
    /holds itself/,
  ],
  [
    'a long chain of records',
    withInterface(
      [method('f', ['r0'])],
      numbered(5000, (index) => record(`r${index}`, `r${index + 1}`)),
    ),
    /nested too deeply/,
  ],
];

describe('the code is described by its exports, with a warning, and its messages run', () => {
  test.each(lies)('%s', (_, code, warning) => {
    const described = describeCode(code);
    const warnings = described.ok ? described.value.warnings : [];
    expect(warnings.join('\n')).toMatch(warning);
    expect(warnings.join('\n').length).toBeLessThan(10_000);
    const victim = victimOf(code);
    expect(victim.attack('f', [])).toMatch(/^(ok|rejected: no method f)/);
    expect(victim.attack('absent')).toMatch(/^rejected: no method absent/);
    victim.expectUnharmed();
  });
});

test('records that double at each of thirty levels are read once each', () => {
  const records = numbered(30, (index) =>
    record(`r${index}`, ...(index < 29 ? [`r${index + 1}`, `r${index + 1}`] : [])),
  );
  const victim = victimOf(withInterface([method('f', ['r0', 'list<r1>', 'r0'])], records));
  expect(victim.attack('f', [{}, [], {}])).toMatch(/^rejected: f: p0\.field0: expected r1, got nothing/);
  expect(victim.attack('f', [{ field0: {}, field1: {} }, [], {}])).toMatch(
    /^rejected: f: p0\.field0\.field0/,
  );
  victim.expectUnharmed();
});

test('as many methods as there are exports, all lies, are compared once each', () => {
  const count = 15_000;
  const code = watToWasm(
    `(module (func $f) ${numbered(count, (index) => `(export "e${index}" (func $f))`).join('')})`,
  );
  const methods = numbered(count, (index) => method(`e${count - 1 - index}`, [], 'u8'));
  const lying = withCustomSection(
    code,
    interfaceSection,
    textToBytes(JSON.stringify({ kernelscope: 1, methods, records: [] })),
  );
  const described = describeCode(lying);
  expect(described.ok && described.value.warnings.length).toBeLessThan(200);
  victimOf(lying).expectUnharmed();
});

test('fields with the names of what every object has are fields like others', () => {
  const fields = ['constructor', '__proto__', 'toString', 'hasOwnProperty'].map((name) => ({
    name,
    type: 'option<u8>',
  }));
  const victim = victimOf(withInterface([method('f', ['r'])], [{ name: 'r', fields }]));
  expect(victim.attack('f', [{}])).toBe('ok');
  expect(victim.attack('f', [{ constructor: 1, toString: 2 }])).toBe('ok');
  expect(victim.attack('f', [{ constructor: 'x' }])).toMatch(/p0\.constructor: expected u8/);
  victim.expectUnharmed();
});

test('what a contract has, in the words of a rejection, is short however much that is', () => {
  const code = watToWasm(
    `(module (func $f) ${numbered(30_000, (index) => `(export "${'e'.repeat(50)}${index}" (func $f))`).join('')})`,
  );
  const victim = victimOf(code);
  expect(victim.attack('nope').length).toBeLessThan(4000);
  expect(victim.attack('x'.repeat(1_000_000)).length).toBeLessThan(4000);
  victim.expectUnharmed();
});
