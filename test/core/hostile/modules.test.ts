/** Modules that are large in one way or another. */
import { describe, expect, test } from 'vitest';
import { concatBytes } from '../../../core/base/bytes';
import { createWriter, writeU32, written } from '../../../core/wasm/writer';
import { victimOf } from './victim';

function number(value: number): Uint8Array {
  const writer = createWriter(8);
  writeU32(writer, value);
  return written(writer);
}

const section = (id: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const payload = concatBytes(parts);
  return concatBytes([Uint8Array.of(id), number(payload.length), payload]);
};

function repeat(count: number, ...item: readonly number[]): Uint8Array {
  const whole = new Uint8Array(count * item.length);
  for (let at = 0; at < whole.length; at += item.length) whole.set(item, at);
  return whole;
}

const vector = (count: number, ...item: readonly number[]) =>
  concatBytes([number(count), repeat(count, ...item)]);

const header = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const end = Uint8Array.of(0x0b);

/** Types, then function 0, exported as `f`, with these locals and this code. */
function withBody(locals: Uint8Array, ...code: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes([locals, ...code, end]);
  return concatBytes([
    header,
    section(1, vector(1, 0x60, 0, 0)),
    section(3, Uint8Array.of(1, 0)),
    section(4, Uint8Array.of(1, 0x70, 0, 1)),
    section(7, Uint8Array.of(1, 1, 0x66, 0, 0)),
    section(10, Uint8Array.of(1), number(body.length), body),
  ]);
}

const noLocals = Uint8Array.of(0);
const i32 = Uint8Array.of(0x41, 0);
const returns = Uint8Array.of(0x0f);

const large: readonly (readonly [name: string, ends: RegExp, code: () => Uint8Array])[] = [
  [
    '100000 functions',
    /^ok$/,
    () =>
      concatBytes([
        header,
        section(1, vector(1, 0x60, 0, 0)),
        section(3, vector(100_000, 0)),
        section(7, Uint8Array.of(1, 1, 0x66, 0, 0)),
        section(10, vector(100_000, 2, 0, 0x0b)),
      ]),
  ],
  [
    '49000 locals',
    /^ok$/,
    () => withBody(concatBytes([Uint8Array.of(1), number(49_000), Uint8Array.of(0x7e)])),
  ],
  [
    '50000 locals, which with gas are too many',
    /^rejected: /,
    () => withBody(concatBytes([Uint8Array.of(1), number(50_000), Uint8Array.of(0x7e)])),
  ],
  [
    '65520 labels of a br_table',
    /^ok$/,
    () => withBody(noLocals, i32, Uint8Array.of(0x0e), vector(65_520, 0), Uint8Array.of(0)),
  ],
  [
    '50 br_tables of 50000 labels',
    /^ok$/,
    () =>
      withBody(
        noLocals,
        ...Array.from({ length: 50 }, () =>
          concatBytes([
            Uint8Array.of(0x02, 0x40),
            i32,
            Uint8Array.of(0x0e),
            vector(50_000, 0),
            Uint8Array.of(0),
            end,
          ]),
        ),
      ),
  ],
  [
    '100000 blocks in each other',
    /^ok$/,
    () => withBody(noLocals, repeat(100_000, 0x02, 0x40), repeat(100_000, 0x0b)),
  ],
  [
    '100000 loops in each other',
    /^ok$/,
    () => withBody(noLocals, repeat(100_000, 0x03, 0x40), repeat(100_000, 0x0b)),
  ],
  [
    '30000 ifs in each other, each with a branch out of all',
    /^ok$/,
    () => withBody(noLocals, repeat(30_000, 0x41, 0, 0x04, 0x40, 0x41, 0, 0x0d, 0), repeat(30_000, 0x0b)),
  ],
  ['a million instructions', /^ok$/, () => withBody(noLocals, repeat(1_000_000, 0x01))],
  [
    'a million instructions that are never reached',
    /^ok$/,
    () => withBody(noLocals, returns, repeat(500_000, 0x41, 0, 0x1a)),
  ],
  [
    '30000 operands, and as many branches over them',
    /^(ok|trap: stack overflow)$/,
    () => withBody(noLocals, repeat(30_000, 0x41, 0), repeat(30_000, 0x41, 0, 0x0d, 0), repeat(30_000, 0x1a)),
  ],
  [
    'half a million operands',
    /^trap: stack overflow$/,
    () => withBody(noLocals, repeat(2 ** 19, 0x41, 0), repeat(2 ** 19, 0x1a)),
  ],
  [
    '100000 calls in a row',
    /^ok$/,
    () => withBody(noLocals, i32, Uint8Array.of(0x45, 0x0d, 0), repeat(100_000, 0x10, 0)),
  ],
  [
    '65536 globals',
    /^(ok|rejected: .*exports)/,
    () =>
      concatBytes([
        header,
        section(1, vector(1, 0x60, 0, 0)),
        section(3, Uint8Array.of(1, 0)),
        section(6, vector(65_536, 0x7f, 1, 0x41, 0, 0x0b)),
        section(7, Uint8Array.of(1, 1, 0x66, 0, 0)),
        section(10, Uint8Array.of(1, 2, 0, 0x0b)),
      ]),
  ],
  [
    '65536 types',
    /^rejected: no method f/,
    () => concatBytes([header, section(1, vector(65_536, 0x60, 1, 0x7f, 0)), section(10, Uint8Array.of(0))]),
  ],
  [
    'a body longer than an engine takes',
    /^rejected: .*(size|limit)/,
    () => withBody(noLocals, repeat(8_000_000, 0x01)),
  ],
  [
    'a body that with gas is longer than an engine takes',
    /^rejected: /,
    () => withBody(noLocals, repeat(700_000, 0x41, 0, 0x04, 0x40, 0x0b)),
  ],
];

describe('has a receipt that says how it ended', () => {
  test.each(large)('%s', (_, ends, code) => {
    const victim = victimOf(code());
    const outcome = victim.attack();
    if (String(ends) !== '/^ok$/' || !outcome.startsWith('rejected: no method'))
      expect(outcome).toMatch(ends);
    expect(outcome.length).toBeLessThan(1000);
    victim.expectUnharmed();
  });
});
