/** Code that never ends, wants everything, or falls as deep as it can. */
import { describe, expect, test } from 'vitest';
import { createContainers } from '../../../core/container/all';
import { createSteppingContainer } from '../../../core/container/wasm-stepping/stepping-container';
import { watToWasm } from '../../fixtures/wat';
import { victimOf } from './victim';

const repeat = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** Each exports `f`; the words are how its message ends. */
const attacks: readonly (readonly [name: string, ends: RegExp, fields: string])[] = [
  ['an empty loop', /^trap: out of gas$/, '(func (export "f") (loop (br 0)))'],
  [
    'a loop in a loop that is never left',
    /^trap: out of gas$/,
    '(func (export "f") (loop (loop (br_if 0 (i32.const 1))) (br 0)))',
  ],
  ['a loop by br_table', /^trap: out of gas$/, '(func (export "f") (loop (br_table 0 0 0 (i32.const 7))))'],
  [
    'tail calls in a circle',
    /^trap: out of gas$/,
    '(func $f (export "f") (return_call $g)) (func $g (return_call $f))',
  ],
  [
    'tail calls in a circle through a table',
    /^trap: out of gas$/,
    '(table funcref (elem $f)) (func $f (export "f") (return_call_indirect (i32.const 0)))',
  ],
  ['a call of itself', /^trap: stack overflow$/, '(func $f (export "f") (call $f))'],
  [
    'calls of each other',
    /^trap: stack overflow$/,
    '(func $f (export "f") (call $g (i64.const 1))) (func $g (param i64) (call $f))',
  ],
  [
    'calls of each other through a table',
    /^trap: stack overflow$/,
    `(type $t (func)) (table funcref (elem $f $g))
     (func $f (export "f") (call_indirect (type $t) (i32.const 1)))
     (func $g (call_indirect (type $t) (i32.const 0)))`,
  ],
  [
    'deep calls that each call an import',
    /^trap: stack overflow$/,
    `(import "kernel" "time" (func $time (result i64)))
     (func $f (export "f") (drop (call $time)) (call $f) (drop (call $time)))`,
  ],
  [
    'a tree of calls without an end',
    /^trap: (out of gas|stack overflow)$/,
    '(func $f (export "f") (call $f) (call $f))',
  ],
  [
    'calls with a thousand locals each',
    /^trap: stack overflow$/,
    `(func $f (export "f") (local ${repeat(1000, () => 'i64')}) (call $f))`,
  ],
  [
    'memory that grows to the end',
    /^ok$/,
    `(memory 0) (func (export "f")
       (loop (br_if 0 (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
       (if (i32.ne (memory.size) (i32.const 256)) (then (unreachable))))`,
  ],
  [
    'memory that grows by all there may be',
    /^ok$/,
    `(memory 1) (func (export "f")
       (if (i32.ne (memory.grow (i32.const -1)) (i32.const -1)) (then (unreachable)))
       (if (i32.ne (memory.grow (i32.const 65535)) (i32.const -1)) (then (unreachable)))
       (if (i32.ne (memory.grow (i32.const 255)) (i32.const 1)) (then (unreachable)))
       (i32.store (i32.const 16777212) (i32.const 1))
       (if (i32.ne (memory.grow (i32.const 1)) (i32.const -1)) (then (unreachable))))`,
  ],
  [
    'memory that asks to grow for ever',
    /^trap: out of gas$/,
    '(memory 1) (func (export "f") (loop (drop (memory.grow (i32.const 0))) (br 0)))',
  ],
  [
    'a table that grows to the end',
    /^trap: out of gas$/,
    `(table 0 funcref) (table 0 funcref) (table 0 externref) (func (export "f")
       (loop (drop (table.grow 0 (ref.null func) (i32.const 1000)))
             (drop (table.grow 1 (ref.null func) (i32.const 1000)))
             (drop (table.grow 2 (ref.null extern) (i32.const 1000))) (br 0)))`,
  ],
  [
    'fills of all memory without an end',
    /^trap: out of gas$/,
    `(memory 256) (func (export "f")
       (loop (memory.fill (i32.const 0) (i32.const 1) (i32.const 16777216)) (br 0)))`,
  ],
  [
    'copies of all memory without an end',
    /^trap: out of gas$/,
    `(memory 256) (func (export "f")
       (loop (memory.copy (i32.const 1) (i32.const 0) (i32.const 16777215)) (br 0)))`,
  ],
  [
    'more memory than may be',
    /^rejected: .* a memory of 65536 pages; the limit is 256/,
    '(memory 65536) (func (export "f"))',
  ],
  [
    'a giant table',
    /^rejected: .* tables of 10000000 entries; the limit is 65536/,
    '(table 10000000 funcref) (func (export "f"))',
  ],
  [
    'many tables as large as one may be',
    /^rejected: .* tables of 1048560 entries; the limit is 65536/,
    `${repeat(16, () => '(table 65535 funcref)')} (func (export "f"))`,
  ],
  [
    'a start function that traps',
    /^trap: unreachable$/,
    '(start $s) (func $s (unreachable)) (func (export "f"))',
  ],
  [
    'a start function without an end',
    /^trap: out of gas$/,
    '(start $s) (func $s (loop (br 0))) (func (export "f"))',
  ],
  [
    'a start function that calls itself',
    /^trap: stack overflow$/,
    '(start $s) (func $s (call $s)) (func (export "f"))',
  ],
  [
    'a start function that sends, and then traps',
    /^trap: unreachable$/,
    `(import "kernel" "log" (func $log (param i32 i32))) (memory 1) (start $s)
     (func $s (call $log (i32.const 0) (i32.const 5)) (unreachable)) (func (export "f"))`,
  ],
  [
    'a data segment beyond the memory',
    /^trap: out of bounds memory access/,
    '(memory 1) (data (i32.const 65535) "ab") (func (export "f"))',
  ],
  [
    'a data segment before the memory',
    /^trap: out of bounds memory access/,
    '(memory 1) (data (i32.const -1) "ab") (func (export "f"))',
  ],
  [
    'an element segment beyond the table',
    /^trap: out of bounds table access/,
    '(table 1 funcref) (elem (i32.const 1) func $f) (func $f (export "f"))',
  ],
];

describe.each([
  ['wasm', createContainers()],
  ['wasm-stepping', [createSteppingContainer()]],
])('in %s, its message ends with a reason, and the next one runs', (_, containers) => {
  test.each(attacks)('%s', (__, ends, fields) => {
    const victim = victimOf(watToWasm(`(module ${fields})`), {}, containers);
    expect(victim.attack()).toMatch(ends);
    expect(victim.attack()).toMatch(ends);
    victim.expectUnharmed();
  });
});

describe('gas ends what stack and memory do not, at any limit', () => {
  const spin = watToWasm('(module (func (export "f") (loop (br 0))))');

  test.each([1, 2, 255, 2 ** 21 - 1, 2 ** 21, 2 ** 21 + 1])('%d gas', (gas) => {
    const victim = victimOf(spin, { gas });
    expect(victim.attack()).toBe('trap: out of gas');
    const { gasUsed } = victim.branch.receipt(2) ?? {};
    expect(gasUsed).toBe(gas);
  });

  test.each([2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 40, 2 ** 41, 2 ** 41 + 1, 2 ** 53 - 1])(
    '%d gas are counted exactly, and bytes that cost more are refused',
    (gas) => {
      const victim = victimOf(
        watToWasm(`(module
          (import "kernel" "gas_left" (func $left (result i64)))
          (import "kernel" "random" (func $random (param i32 i32) (result i32)))
          (memory 256)
          (func (export "f") (result i64) (call $left))
          (func (export "draw") (drop (call $random (i32.const 0) (i32.const 16777216)))))`),
        { gas },
      );
      expect(victim.attack()).toBe('ok');
      expect(victim.branch.receipt(2)?.gasUsed).toBe(51);
      victim.expectUnharmed();
    },
  );
});
