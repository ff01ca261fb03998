import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireValue } from '../../../../core/studio/protocol/wire';
import { bytesToHexText, bytesToReadableText, parseHex } from '../../../../renderer/ui/values/bytes-text';
import { hexRow, hexRowCount } from '../../../../renderer/ui/values/hex-rows';
import { parseValue } from '../../../../renderer/ui/values/parse-value';
import { typedReads } from '../../../../renderer/ui/values/typed-reads';
import { diffValues } from '../../../../renderer/ui/values/value-diff';
import { valuesEqual } from '../../../../renderer/ui/values/value-kind';
import { initialExpansion, valueRows } from '../../../../renderer/ui/values/value-rows';
import {
  valueToJson,
  valueToLine,
  valueToSummary,
  valueToText,
} from '../../../../renderer/ui/values/value-text';
import { wireValues } from './arbitrary';

describe('values as text', () => {
  it('reads back any value, on one line and on several', () => {
    fc.assert(
      fc.property(wireValues, (value) => {
        for (const text of [valueToLine(value), valueToText(value)]) {
          const read = parseValue(text);
          expect(read.ok && valuesEqual(read.value, value), text).toBe(true);
        }
      }),
    );
  });

  it('reads JSON as JSON does, as long as integers are safe', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (json) => {
        const text = JSON.stringify(json, null, 2);
        fc.pre(!/\d{16}/.test(text));
        const read = parseValue(text);
        const plain: WireValue = JSON.parse(text);
        expect(read.ok && valuesEqual(read.value, plain), text).toBe(true);
      }),
    );
  });

  it('keeps integers exact at any size and tells them from floats', () => {
    expect(parseValue('18446744073709551615')).toEqual({ ok: true, value: 2n ** 64n - 1n });
    expect(parseValue('-7')).toEqual({ ok: true, value: -7 });
    expect(parseValue('9007199254740992.0')).toEqual({ ok: true, value: 2 ** 53 });
    expect(valueToLine(2 ** 53)).toBe('9007199254740992.0');
    expect(valueToLine(2n ** 64n)).toBe('18446744073709551616');
  });

  it('takes words as keys, bytes, and a comma at the end', () => {
    expect(parseValue('{ from: "alice", raw: 0x00FF, tags: [1, 2,], }')).toEqual({
      ok: true,
      value: { from: 'alice', raw: Uint8Array.of(0, 255), tags: [1, 2] },
    });
  });

  it.each([
    ['', 'a value is missing here', 1, 1],
    ['{ a: 1', 'the map goes on here without a comma, or its } is missing', 1, 7],
    ['[1\n 2]', 'the list goes on here without a comma, or its ] is missing', 2, 2],
    ['alice', 'alice is no value; a string is written in double quotes', 1, 1],
    ['{ a: 1, a: 2 }', 'the key "a" is there twice', 1, 10],
    ['"\\q"', 'this string has an escape or a line break that JSON does not know', 1, 1],
    ['1 2', 'there is more text after the value', 1, 3],
    ['0xabc', 'each byte is two hex digits', 1, 6],
    ['12abc', 'this is no value', 1, 1],
  ])('says what is wrong in %j, and where', (text, message, line, column) => {
    const read = parseValue(text);
    expect(read).toMatchObject({ ok: false, error: { message, position: { line, column } } });
  });

  it('refuses what is nested too deep, without an end of the stack', () => {
    expect(parseValue('['.repeat(100_000))).toMatchObject({
      ok: false,
      error: { message: 'lists and maps are nested more than 200 deep' },
    });
  });

  it('shortens for a row, and says that it did', () => {
    expect(valueToSummary({ from: 'alice', amount: 3 })).toBe('{ from: "alice", amount: 3 }');
    expect(valueToSummary('x'.repeat(200), 10)).toBe('"xxxxxxxxxx"…');
    expect(valueToSummary(new Uint8Array(100), 10)).toBe('0x0000000000…');
    expect(valueToSummary([])).toBe('[]');
    expect(valueToSummary([1, 2, 3], 80, 97)).toBe('[1, 2, 3, … 97 more]');
    expect(valueToSummary([1, 2, 3], 2)).toBe('[1, … 2 more]');
    fc.assert(fc.property(wireValues, (value) => valueToSummary(value, 60).length < 400));
  });

  it('copies as JSON that any reader takes', () => {
    expect(JSON.parse(valueToJson({ a: [1, Uint8Array.of(1, 2)], b: null }))).toEqual({
      a: [1, { '/': { bytes: 'AQI' } }],
      b: null,
    });
  });
});

describe('bytes', () => {
  it('reads back hex', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(parseHex(bytesToHexText(bytes))).toEqual({ ok: true, value: bytes });
      }),
    );
    expect(parseHex('de ad_be:EF')).toEqual({ ok: true, value: Uint8Array.of(0xde, 0xad, 0xbe, 0xef) });
  });

  it('says what is no hex', () => {
    expect(parseHex('0xzz')).toMatchObject({ ok: false, error: { message: '"z" is not a hex digit' } });
    expect(parseHex('0xabc')).toMatchObject({ error: { message: "3 hex digits don't make whole bytes" } });
  });

  it('tells text from other bytes', () => {
    expect(bytesToReadableText(new TextEncoder().encode('grün\n'))).toBe('grün\n');
    expect(bytesToReadableText(Uint8Array.of(0xff))).toBeUndefined();
    expect(bytesToReadableText(Uint8Array.of(0))).toBeUndefined();
  });

  it('dumps every byte once, in order', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const rows = Array.from({ length: hexRowCount(bytes.length) }, (_, row) =>
          hexRow(bytes, row, { base: 64 }),
        );
        expect(rows.flatMap(({ hex }) => hex).join('')).toBe(bytesToHexText(bytes).slice(2));
        expect(rows.map(({ offset }) => offset)).toEqual(rows.map((_, row) => 64 + row * 16));
      }),
    );
    expect(hexRow(Uint8Array.of(0x41, 0), 0).ascii).toBe('A·');
  });

  it('reads numbers at a cursor, and none past the end', () => {
    const reads = typedReads(Uint8Array.of(9, 1, 0, 255, 255), 1);
    expect(reads).toEqual([
      { type: 'u8', little: '1', big: '1' },
      { type: 's8', little: '1', big: '1' },
      { type: 'u16', little: '1', big: '256' },
      { type: 's16', little: '1', big: '256' },
      { type: 'u32', little: '4294901761', big: '16842751' },
      { type: 's32', little: '-65535', big: '16842751' },
      { type: 'f32', little: 'NaN', big: numberOf(0x0100ffff) },
    ]);
    expect(typedReads(new Uint8Array(2), 2)).toEqual([]);
  });
});

describe('a value as rows', () => {
  it('opens what is expanded, and pages what is long', () => {
    const value = { list: Array.from({ length: 250 }, (_, index) => index), 'a/b': { c: 1 } };
    const closed = valueRows(value, { expanded: new Set(), shown: new Map() });
    expect(closed).toMatchObject([{ kind: 'value', label: null, size: 2, expanded: false }]);

    const open = valueRows(value, {
      expanded: new Set(['', '/list', '/a~1b']),
      shown: new Map([['/list', 200]]),
    });
    expect(open).toHaveLength(1 + 1 + 200 + 1 + 1 + 1);
    expect(open[202]).toEqual({ kind: 'more', path: '/list', depth: 2, hidden: 50 });
    expect(open.at(-1)).toMatchObject({ path: '/a~1b/c', label: 'c', value: 1, depth: 2 });
  });

  it('opens small values whole, and large ones not at all', () => {
    expect(initialExpansion({ a: { b: 1 } })).toEqual(new Set(['', '/a']));
    expect(initialExpansion(Array.from({ length: 1000 }, () => 1))).toEqual(new Set());
  });
});

describe('the difference of two values', () => {
  it('has no rows exactly when both are the same', () => {
    fc.assert(
      fc.property(wireValues, wireValues, (left, right) => {
        expect(diffValues(left, left)).toEqual([]);
        expect(diffValues(left, right).length === 0).toBe(valuesEqual(left, right));
      }),
    );
  });

  it('names the leaves that changed, and counts the others', () => {
    const before = { alice: 10, bob: { in: 1, out: 2 }, carol: 3, dan: 4 };
    const after = { alice: 7, bob: { in: 1, out: 5, held: 1 }, dan: 4 };
    expect(diffValues(before, after)).toMatchObject([
      { mark: 'inside', label: null },
      { mark: 'changed', label: 'alice', before: 10, after: 7, depth: 1 },
      { mark: 'inside', label: 'bob', depth: 1 },
      { mark: 'same', count: 1, depth: 2 },
      { mark: 'changed', label: 'out', before: 2, after: 5 },
      { mark: 'added', label: 'held', after: 1 },
      { mark: 'removed', label: 'carol', before: 3 },
      { mark: 'same', count: 1, depth: 1 },
    ]);
  });

  it('shows one inserted item of a list as one row', () => {
    const marks = diffValues([1, 2, 3, 4], [1, 9, 2, 3, 4]);
    expect(marks).toMatchObject([
      { mark: 'inside' },
      { mark: 'same', count: 1 },
      { mark: 'added', label: '1', after: 9 },
      { mark: 'same', count: 3 },
    ]);
  });
});

/** The text of a 32-bit float by its bits. */
function numberOf(bits: number): string {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits);
  return String(view.getFloat32(0));
}
