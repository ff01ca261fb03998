import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../core/base/value';
import type { RecordType } from '../../../core/contracts/interface';
import {
  type Type,
  createTypeReader,
  mismatchOf,
  typeToText,
  withBytes,
} from '../../../core/contracts/types';

const records: readonly RecordType[] = [
  {
    name: 'account',
    fields: [
      { name: 'owner', type: 'string' },
      { name: 'note', type: 'option<list<u8>>' },
    ],
  },
];

const leafText = fc.constantFrom(
  'bool',
  'u8',
  's16',
  'u32',
  's64',
  'u64',
  'f32',
  'f64',
  'string',
  'value',
  'list<u8>',
  'account',
);
const { typeText } = fc.letrec<{ typeText: string }>((tie) => ({
  typeText: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leafText,
    tie('typeText').map((text) => `list<${text}>`),
    tie('typeText').map((text) => `option<${text}>`),
    fc.tuple(tie('typeText'), tie('typeText')).map(([value, error]) => `result<${value}, ${error}>`),
  ),
}));

function typeOf(text: string): Type {
  const type = createTypeReader(records)(text);
  if (!type.ok) throw new Error(type.error.message);
  return type.value;
}

describe('a type', () => {
  it('reads back from its own text', () => {
    fc.assert(
      fc.property(typeText, (text) => {
        expect(typeToText(typeOf(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['u7', 'no record of that name is declared'],
    ['list<u8', 'no record of that name is declared'],
    ['list<stranger>', 'stranger'],
    ['result<u8>', 'a result has two types'],
    ['', 'is not a type'],
    ['list<'.repeat(2000), 'is not a type'],
    [`${'list<'.repeat(100)}u8${'>'.repeat(100)}`, 'nested too deeply'],
  ])('is not %s', (text, words) => {
    const parsed = createTypeReader(records)(text);
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.error.message).toContain(words);
  });

  it('does not hold itself', () => {
    const knot = [{ name: 'knot', fields: [{ name: 'next', type: 'option<knot>' }] }];
    const parsed = createTypeReader(knot)('knot');
    expect(!parsed.ok && parsed.error.message).toContain('it holds itself');
  });
});

describe('a value', () => {
  it.each<[string, Value, string | null]>([
    ['u8', 255, null],
    ['u8', 256, 'x: expected u8, got 256'],
    ['u8', -1, 'x: expected u8, got -1'],
    ['s8', -128, null],
    ['s64', 2n ** 63n, `x: expected s64, got ${2n ** 63n}`],
    ['u64', 2n ** 64n - 1n, null],
    ['u64', 1.5, 'x: expected u64, got 1.5'],
    ['u64', '3', 'x: expected u64, got "3"'],
    ['f64', 3, null],
    ['string', null, 'x: expected string, got nothing'],
    ['list<u16>', [1, 2, 70000], 'x[2]: expected u16, got 70000'],
    ['option<string>', null, null],
    ['account', { owner: 'alice' }, null],
    ['account', { owner: 'alice', note: 'text' }, 'x.note: expected list<u8>, got "text"'],
    ['account', { owner: 'alice', age: 3 }, 'x: account has no field age'],
    ['account', {}, 'x.owner: expected string, got nothing'],
    ['result<u8, string>', { ok: 3 }, null],
    ['result<u8, string>', { err: 3 }, 'x.err: expected string, got 3'],
    ['result<u8, string>', 3, 'x: expected result<u8, string> as {ok: …} or {err: …}, got 3'],
    ['value', { any: [1, null] }, null],
  ])('held against %s', (type, value, mismatch) => {
    expect(mismatchOf(value, typeOf(type), 'x')).toBe(mismatch);
  });

  it('reads 0x… as bytes where the type says bytes, and nowhere else', () => {
    const given = { owner: '0xff', note: '0xff01' };
    expect(withBytes([given], typeOf('list<account>'))).toEqual([
      { owner: '0xff', note: Uint8Array.of(255, 1) },
    ]);
    expect(withBytes('0xf', typeOf('list<u8>'))).toBe('0xf');
  });
});
