import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeValue } from '../../../../core/base/value';
import { type Datum, datumToText, integer, text } from '../../../../core/debugger/expression/datum';
import { type Scope, evaluate, holds } from '../../../../core/debugger/expression/evaluate';
import { parseExpression } from '../../../../core/debugger/expression/parse';
import { parseTemplate, writeTemplate } from '../../../../core/debugger/expression/template';

const memory = Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x68, 0x69);

const scope: Scope = {
  named: (name) =>
    new Map<string, Datum>([
      ['n', integer(7, 'i32')],
      ['negative', integer(-1, 'i32')],
      ['odd name', text('found')],
      ['list', { type: 'list', value: [1, 2.5, { deep: ['x'] }] }],
    ]).get(name),
  memory: (address, length) => memory.slice(address, address + length),
  functions: new Map([['$text', (bytes: Uint8Array) => text(String.fromCharCode(...bytes))]]),
};

function valueOf(source: string): unknown {
  const expression = parseExpression(source);
  if (!expression.ok) return expression.error;
  const value = evaluate(expression.value, scope, source);
  return value.ok ? value.value.value : value.error;
}

describe('values', () => {
  test.each([
    ['1 + 2 * 3 - 4', 3n],
    ['(1 + 2) * -3', -9n],
    ['7 / 2', 3n],
    ['-7 % 3', -1n],
    ['7 / 2.0', 3.5],
    ['0xff_ff + 0b11', 65538n],
    ['n & 4 == 4', true],
    ['1 << 64', 1n << 64n],
    ['~n', -8n],
    ['n > 6 && n < 8', true],
    ['n === 7 || 1 / 0', true],
    ['n ? "yes" : 1 / 0', 'yes'],
    ['true == 1', true],
    ['null == 0', false],
    ['9007199254740993 == 9007199254740992.0', false],
    ['"ab" + \'c\' == "ab\\u{63}"', true],
    ['"ab" < "b"', true],
    ['u32(negative)', 4294967295n],
    ['u8(300) + i8(200)', -12n],
    ['i32(-2.9)', -2n],
    ['i8[0]', -2n],
    ['u16[0]', 65534n],
    ['i64[n - 7]', -2n],
    ['u64[0]', 2n ** 64n - 2n],
    ['$text(8, 2)', 'hi'],
    ['`odd name`', 'found'],
    ['list[2].deep[0]', 'x'],
    ['list[1] + 1', 3.5],
    ['list.length', 3n],
    ['list[9]', null],
    ['list[2].constructor', null],
    ['list[2] == list[2]', true],
  ])('%s', (source, value) => expect(valueOf(source)).toStrictEqual(value));

  const int64 = fc.bigInt(-(2n ** 63n), 2n ** 64n);

  test('integers are exact at any size that their code has', () =>
    fc.assert(
      fc.property(int64, int64, (left, right) => {
        expect(valueOf(`${left} * ${right}`)).toBe(left * right);
        expect(valueOf(`${left} + ${right}`)).toBe(left + right);
        expect(valueOf(`u64(${left})`)).toBe(BigInt.asUintN(64, left));
        expect(valueOf(`${left} < ${right}`)).toBe(left < right);
      }),
    ));
});

describe('mistakes', () => {
  test.each([
    ['n +', 'the end is not expected here', 4],
    ['n n', 'n is not expected here', 3],
    ['(1', 'expected ) and found the end', 3],
    ['1 + "open', 'no " ends what begins here', 5],
    ['a # b', '# means nothing here', 3],
    ['"\\q"', '\\q stands for nothing', 2],
    ['n + constructor', 'there is no constructor here', 5],
    ['n / 0', 'it divides by zero', 3],
    ['n << -1', 'it shifts by -1 bits', 3],
    ['n + "x"', "+ doesn't take i32 and string", 3],
    ['i32[7]', 'the memory ends before 11', 1],
    ['u8[-1]', 'the memory ends before 0', 1],
    ['u8[negative]', 'the memory ends before 4294967296', 1],
    ['$text(0, 1 << 40)', 'it reads 1099511627776 bytes, of at most 65536 at once', 1],
    ['nope(1)', 'there is no function nope', 1],
    ['list && 1', 'list is neither true nor false', 1],
    ['n.x', 'i32 has no "x"', 3],
  ])('%s', (source, message, column) =>
    expect(valueOf(source)).toMatchObject({ message, position: { line: 1, column } }),
  );

  test('what grows or nests without bound is refused', () => {
    expect(valueOf('('.repeat(4000))).toMatchObject({ code: 'bad-expression' });
    expect(valueOf('-'.repeat(4000))).toMatchObject({ code: 'bad-expression' });
    expect(valueOf(`1${' '.repeat(5000)}`)).toMatchObject({ code: 'bad-expression' });
    expect(valueOf(Array.from({ length: 60 }, () => '0xffffffffffffffff').join(' * '))).toMatchObject({
      message: 'the number gets too large',
    });
  });

  test('any text has a value or a fault', () => {
    const word = fc.constantFrom(
      ...'n list 1 2.5 "x" null true ( ) [ ] . , ? : + - * / % << >> & | ! == < && u8 i64 $text'.split(' '),
    );
    const words = fc.array(word, { maxLength: 20 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(fc.oneof(fc.string(), words), (source) => {
        const value = valueOf(source);
        return value === null || ['bigint', 'number', 'string', 'boolean', 'object'].includes(typeof value);
      }),
    );
  });
});

test('a condition holds when it is true, or a number that is not zero', () => {
  const conditionOf = (source: string) => {
    const expression = parseExpression(source);
    if (!expression.ok) throw new Error(expression.error.message);
    const held = holds(expression.value, scope, source);
    return held.ok ? held.value : held.error.message;
  };
  expect(['true', 'n', 'n - 7', '0.0 / 0.0', 'null', '"x"'].map(conditionOf)).toStrictEqual([
    true,
    true,
    false,
    false,
    false,
    'string is neither true nor false',
  ]);
});

describe('texts with values in them', () => {
  const written = (source: string) => {
    const template = parseTemplate(source);
    return template.ok ? writeTemplate(template.value, scope, datumToText) : template.error;
  };

  test('values stand in their places, and the reason where there is none', () => {
    expect(written('n is {n}, next {n + 1}; {{{"}"}}}')).toBe('n is 7, next 8; {}}');
    expect(written('{list} {nobody}')).toBe('[1, 2.5, {deep: ["x"]}] {there is no nobody here}');
  });

  test('a mistake is told at its place in the whole text', () => {
    expect(written('a {n +} b')).toMatchObject({ code: 'bad-expression', position: { line: 1, column: 7 } });
    expect(written('a {n')).toMatchObject({ position: { line: 1, column: 3 } });
  });

  test('values are shown short', () => {
    const value = { bytes: Uint8Array.of(1, 171), many: Array.from({ length: 500 }, () => 'item') };
    expect(encodeValue(value).length).toBeGreaterThan(2000);
    const shown = datumToText({ type: 'map', value });
    expect(shown).toMatch(/^\{bytes: 0x01ab, many: \["item", /);
    expect(shown.length).toBeLessThan(250);
  });
});
