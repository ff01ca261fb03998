/** Arguments, replies and state that are no values, or values that no honest code would make. */
import { describe, expect, test } from 'vitest';
import { concatBytes, textToBytes } from '../../../core/base/bytes';
import { decodeValue, encodeValue } from '../../../core/base/value';
import type { Address } from '../../../core/environment/address';
import { outcomeToText } from '../../../core/environment/outcome';
import { interfaceSection } from '../../../core/contracts/interface';
import { withCustomSection } from '../../../core/wasm/custom-section';
import { watToWasm } from '../../fixtures/wat';
import { type Victim, victimOf } from './victim';

const method = { name: 'f', params: [{ name: 'value', type: 'value' }], result: null };
const any = withCustomSection(
  watToWasm('(module (func (export "f")))'),
  interfaceSection,
  textToBytes(JSON.stringify({ kernelscope: 1, methods: [method], records: [] })),
);

function attackWith({ branch }: Victim, args: Uint8Array): string {
  branch.signal({ to: '/hostile' as Address, method: 'f', args, replyTo: null, gas: null });
  while (branch.pending > 0) branch.run(10);
  const receipt = branch.receipt(branch.length - 1);
  return receipt === undefined ? '' : outcomeToText(receipt.outcome);
}

const bytes = (count: number, ...pattern: readonly number[]): Uint8Array =>
  Uint8Array.from({ length: count * pattern.length }, (_, index) => pattern[index % pattern.length] ?? 0);

const text = (length: number) =>
  concatBytes([Uint8Array.of(0x7a, length >>> 24, length >>> 16, length >>> 8, length), bytes(length, 0x61)]);

const inList = (value: Uint8Array) => concatBytes([Uint8Array.of(0x81), value]);

const bombs: readonly (readonly [name: string, args: Uint8Array])[] = [
  ['nothing', new Uint8Array()],
  ['no list', Uint8Array.of(0xa0)],
  ['a list that ends early', Uint8Array.of(0x82, 0x01)],
  ['more than one value', Uint8Array.of(0x80, 0x80)],
  ['a list of 2^32 items', Uint8Array.of(0x9a, 0xff, 0xff, 0xff, 0xff)],
  ['a list of 2^64 items', Uint8Array.of(0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)],
  ['bytes of 2^53', Uint8Array.of(0x81, 0x5b, 0, 0x20, 0, 0, 0, 0, 0, 0)],
  ['a text of 2^32', Uint8Array.of(0x81, 0x7a, 0xff, 0xff, 0xff, 0xff)],
  ['a map of 2^32 entries', Uint8Array.of(0x81, 0xba, 0xff, 0xff, 0xff, 0xff)],
  ['an endless list', Uint8Array.of(0x9f, 0x01)],
  ['an endless list with an end', Uint8Array.of(0x9f, 0x01, 0xff)],
  ['a tag that is none of ours', Uint8Array.of(0x81, 0xc1, 0x01)],
  ['tags on tags', concatBytes([Uint8Array.of(0x81), bytes(500_000, 0xd8, 0x2a), Uint8Array.of(0x41, 0)])],
  ['a link that is a number', Uint8Array.of(0x81, 0xd8, 0x2a, 0x01)],
  ['a link without bytes', Uint8Array.of(0x81, 0xd8, 0x2a, 0x40)],
  ['a link of wrong bytes', Uint8Array.of(0x81, 0xd8, 0x2a, 0x44, 0, 0xff, 0xff, 0xff)],
  ['NaN', Uint8Array.of(0x81, 0xfb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0)],
  ['a number in more bytes than it needs', Uint8Array.of(0x81, 0x18, 0x01)],
  ['a map with a key twice', Uint8Array.of(0x81, 0xa2, 0x61, 0x61, 0x01, 0x61, 0x61, 0x02)],
  [
    'a map with a key of a million bytes twice',
    inList(
      concatBytes([
        Uint8Array.of(0xa2),
        text(1_000_000),
        Uint8Array.of(1),
        text(1_000_000),
        Uint8Array.of(1),
      ]),
    ),
  ],
  ['a map with a number as key', Uint8Array.of(0x81, 0xa1, 0x01, 0x01)],
  ['lists in lists, 129 deep', concatBytes([bytes(129, 0x81), Uint8Array.of(0x00)])],
  ['lists in lists, a million deep', concatBytes([bytes(1_000_000, 0x81), Uint8Array.of(0x00)])],
  [
    'maps in maps, half a million deep',
    inList(concatBytes([bytes(500_000, 0xa1, 0x61, 0x61), Uint8Array.of(0)])),
  ],
  ['lists in lists that end early', bytes(1_000_000, 0x81)],
];

describe('arguments that are no values are rejected in few words', () => {
  test.each(bombs)('%s', (_, args) => {
    const victim = victimOf(any);
    const outcome = attackWith(victim, args);
    expect(outcome).toMatch(/^rejected: f: the arguments are not /);
    expect(outcome.length).toBeLessThan(1000);
    victim.expectUnharmed();
  });
});

describe('values that are values are taken', () => {
  test.each([
    ['128 levels of lists', concatBytes([bytes(127, 0x81), Uint8Array.of(0x80)])],
    [
      'a list of 300000 numbers',
      inList(concatBytes([Uint8Array.of(0x9a, 0, 0x04, 0x93, 0xe0), bytes(300_000, 0x01)])),
    ],
    ['a text of a megabyte', inList(text(1_000_000))],
    ['a text that is no UTF-8', Uint8Array.of(0x81, 0x62, 0xff, 0xfe)],
    ['a lone surrogate', Uint8Array.of(0x81, 0x63, 0xed, 0xa0, 0x80)],
    ['the keys of objects', encodeValue([{ constructor: 1, toString: 2, valueOf: null }])],
    [
      'the key __proto__',
      Uint8Array.of(0x81, 0xa1, 0x69, ...textToBytes('__proto__'), 0xa1, 0x61, 0x61, 0x01),
    ],
    ['the largest integers', encodeValue([[2n ** 64n - 1n, -(2n ** 64n)]])],
    ['the smallest float', encodeValue([5e-324])],
  ])('%s', (_, args) => {
    const victim = victimOf(any);
    expect(attackWith(victim, args)).toBe('ok');
    victim.expectUnharmed();
  });

  test('the key __proto__ is a key like any other', () => {
    const decoded = decodeValue(Uint8Array.of(0xa1, 0x69, ...textToBytes('__proto__'), 0x01));
    expect(decoded.ok && Object.entries(decoded.value ?? {})).toEqual([['__proto__', 1]]);
  });
});

describe('replies and state are bytes, whatever they hold', () => {
  const keeper = (length: number, data: string) =>
    watToWasm(`(module
    (import "kernel" "reply" (func $reply (param i32 i32)))
    (import "kernel" "state_set" (func $set (param i32 i32 i32 i32)))
    (memory 256) (data (i32.const 16) "${data}")
    (data (i32.const 0) "key")
    (func (export "f")
      (call $reply (i32.const 16) (i32.const ${length}))
      (call $set (i32.const 0) (i32.const 3) (i32.const 16) (i32.const ${length}))))`);

  test.each([
    ['no value', 4, '\\ff\\ff\\ff\\ff', /^ok$/],
    ['a list of 2^32 items', 5, '\\9a\\ff\\ff\\ff\\ff', /^ok$/],
    ['nothing', 0, '', /^ok$/],
    ['a megabyte', 1 << 20, '', /^trap: out of gas$/],
    ['more than a value may be', (1 << 20) + 1, '', /^trap: (refused: value of 1048577 bytes|out of gas)/],
    ['all of the memory', 16_000_000, '', /^trap: (refused|out of gas)/],
  ])('%s', (_, length, data, ends) => {
    const victim = victimOf(keeper(length, data));
    expect(victim.attack()).toMatch(ends);
    victim.expectUnharmed();
  });

  test('a megabyte is kept when there is gas for it', () => {
    const victim = victimOf(keeper(1 << 20, 'x'), { gas: 100_000_000 });
    expect(victim.attack()).toBe('ok');
    victim.expectUnharmed();
  });

  test('lists in lists are handed on to who asked for the reply', () => {
    const deep = watToWasm(`(module
      (import "kernel" "send" (func $send (param i32 i32 i32 i32 i32 i32 i32 i32)))
      (import "kernel" "reply" (func $reply (param i32 i32)))
      (memory 16) (data (i32.const 0) "/hostileaskedtold\\80")
      (func (export "f") (call $send (i32.const 0) (i32.const 8) (i32.const 8) (i32.const 5)
        (i32.const 17) (i32.const 1) (i32.const 13) (i32.const 4)))
      (func (export "asked") (memory.fill (i32.const 1000) (i32.const 0x81) (i32.const 500000))
        (call $reply (i32.const 1000) (i32.const 500000)))
      (func (export "told") (param i32)))`);
    const victim = victimOf(deep);
    expect(victim.attack()).toBe('ok');
    const told = victim.branch.receipt(4);
    expect(told?.message.method).toBe('told');
    expect(told?.outcome).toMatchObject({ kind: 'rejected' });
    victim.expectUnharmed();
  });
});
