import { describe, expect, test } from 'vitest';
import { type InstructionInfo, allInstructions } from '../../core/wasm/instructions';
import type { FunctionType } from '../../core/wasm/shape';
import { allCalls, compareWithPlain, edgeArguments } from './compare';
import { compileText } from './text';

/** `(func (export "i32.add") (param i32 i32) (result i32) …)` */
function functionOf({ name, takes, gives }: InstructionInfo, immediate = ''): string {
  const operands = takes.map((_, index) => `(local.get ${index})`).join(' ');
  return `(func (export "${name} ${immediate}") (param ${takes.join(' ')}) (result ${gives.join(' ')})
    (${name} ${immediate} ${operands}))`;
}

const scalars: ReadonlySet<string> = new Set(['i32', 'i64', 'f32', 'f64']);

const numeric = allInstructions.filter(
  ({ immediate, takes, gives }) =>
    immediate === 'none' && takes.length > 0 && [...takes, ...gives].every((type) => scalars.has(type)),
);

test.each(numeric.map((info) => [info.name, info] as const))('%s at its edges', (_, info) => {
  expect(compareWithPlain(compileText(`(module ${functionOf(info)})`), allCalls(edgeArguments))).toEqual([]);
});

const accesses = allInstructions.filter(({ immediate }) => immediate === 'memory');

test.each(accesses.map((info) => [info.name, info] as const))(
  '%s within and beyond the memory',
  (_, info) => {
    const store =
      info.gives.length === 0 ? '' : '(data (i32.const 0) "\\80\\ff\\7f\\01\\02\\03\\84\\f5\\ff\\ff\\00")';
    const code = compileText(`(module (memory (export "m") 1) ${store}
    ${functionOf(info)} ${functionOf(info, 'offset=5')} ${functionOf(info, 'offset=4294967295')})`);
    const addresses = [0, 1, 3, 65_520, 65_528, 65_532, 65_534, 65_535, 65_536, -1];
    const argumentsOf = (type: FunctionType) =>
      edgeArguments({ ...type, params: type.params.slice(1) }).flatMap((rest) =>
        addresses.map((address) => [address, ...rest]),
      );
    expect(compareWithPlain(code, allCalls(argumentsOf))).toEqual([]);
  },
);

describe.each([
  [
    'control',
    `(func (export "loop") (param i32) (result i32) (local i32)
       (loop $next (result i32)
         (local.set 1 (i32.add (local.get 1) (local.get 0)))
         (local.tee 0 (i32.shr_u (local.get 0) (i32.const 1)))
         (if (then (br $next)))
         (local.get 1)))
     (func (export "table") (param i32) (result i32)
       (block $a (result i32) (block $b (result i32) (block $c (result i32)
         (br_table $a $b $c $a (i32.const 10) (local.get 0)))
         (i32.add (i32.const 1))) (i32.add (i32.const 2))))
     (func (export "early") (param i32) (result i32)
       (if (local.get 0) (then (return (i32.const 3))))
       (br_if 0 (i32.const 4) (i32.eq (local.get 0) (i32.const 0)))
       (drop) (unreachable))
     (func (export "dead") (param i32) (result i32)
       (block $out (result i32)
         (br $out (local.get 0)) (loop (br 0)) (if (result i32) (i32.const 1) (then (i32.const 2)) (else (unreachable)))))
     (func (export "branch of an if") (param i32) (result i32)
       (if $both (result i32) (local.get 0)
         (then (br_if $both (i32.const 1) (i32.gt_s (local.get 0) (i32.const 5))) (drop) (i32.const 2))
         (else (br $both (i32.const 3)))))
     (func (export "values through blocks") (param i32) (result i32 i32)
       (local.get 0) (i32.const 5)
       (block (param i32 i32) (result i32 i32) (i32.add) (i32.const 9))
       (loop (param i32 i32) (result i32 i32) (br_if 1 (i32.eqz (local.get 0)))))
     (func (export "unreachable") (unreachable))
     (func (export "nop") (param i32) (result i32) (nop) (local.get 0))`,
  ],
  [
    'calls',
    `(type $binary (func (param i32 i32) (result i32)))
     (table (export "t0") 6 funcref)
     (elem (i32.const 1) $add $sub $pair $count)
     (func $add (type $binary) (i32.add (local.get 0) (local.get 1)))
     (func $sub (type $binary) (i32.sub (local.get 0) (local.get 1)))
     (func $pair (result i32 i64) (i32.const 1) (i64.const 2))
     (func $count (param i32 i32) (result i32)
       (if (i32.eqz (local.get 0)) (then (return (local.get 1))))
       (return_call $count (i32.sub (local.get 0) (i32.const 1)) (i32.add (local.get 1) (i32.const 1))))
     (func (export "indirect") (param i32 i32 i32) (result i32)
       (call_indirect (type $binary) (local.get 1) (local.get 2) (i32.and (local.get 0) (i32.const 7))))
     (func (export "indirect, anywhere") (param i32) (result i32)
       (call_indirect (type $binary) (i32.const 1) (i32.const 2) (local.get 0)))
     (func (export "tail, indirect") (param i32 i32) (result i32)
       (return_call_indirect (type $binary) (i32.const 10) (i32.const 3) (i32.rem_u (local.get 0) (i32.const 6))))
     (func (export "long tail") (result i32) (return_call $count (i32.const 300000) (i32.const 0)))
     (func (export "several results") (result i64) (local i64)
       (call $pair) (local.set 0) (drop) (local.get 0))
     (func $even (export "even") (param i32) (result i32)
       (if (result i32) (i32.eqz (i32.and (local.get 0) (i32.const 1023))) (then (i32.const 1))
         (else (call $odd (i32.sub (i32.and (local.get 0) (i32.const 1023)) (i32.const 1))))))
     (func $odd (param i32) (result i32)
       (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
         (else (return_call $even (i32.sub (local.get 0) (i32.const 1))))))
     (func $deep (export "deep") (call $deep))`,
  ],
  [
    'variables',
    `(global $n (export "g0") (mut i32) (i32.const 7))
     (global $l (export "g1") (mut i64) (i64.const -7))
     (global $f (export "g2") (mut f32) (f32.const 1.5))
     (global $d (export "g3") (mut f64) (f64.const -0x1p-1074))
     (global $r (export "g4") (mut funcref) (ref.func $set))
     (global $fixed i32 (i32.const 42))
     (func $set (export "set") (param i32 i64 f32 f64)
       (global.set $n (local.get 0)) (global.set $l (local.get 1))
       (global.set $f (local.get 2)) (global.set $d (local.get 3)) (global.set $r (ref.null func)))
     (func (export "get") (result i32) (i32.add (global.get $n) (global.get $fixed)))
     (func (export "select") (param i32 i64) (result i64) (select (local.get 1) (i64.const 5) (local.get 0)))
     (func (export "typed select") (param i32) (result i32)
       (ref.is_null (select (result funcref) (ref.null func) (ref.func $set) (local.get 0))))
     (func (export "locals") (param i32) (result i64) (local i64 i32 f32 f64)
       (local.set 1 (i64.extend_i32_u (local.tee 2 (local.get 0))))
       (local.set 4 (f64.convert_i32_s (local.get 2)))
       (i64.add (local.get 1) (i64.trunc_sat_f64_s (local.get 4))))`,
  ],
  [
    'memory as a whole',
    `(memory (export "m") 1 3)
     (data $text "to be copied")
     (data (i32.const 100) "here from the start")
     (func (export "grow") (param i32) (result i32)
       (i32.add (i32.mul (memory.grow (local.get 0)) (i32.const 100)) (memory.size)))
     (func (export "fill") (param i32 i32) (memory.fill (local.get 0) (i32.const 0xab) (local.get 1)))
     (func (export "copy") (param i32 i32) (memory.copy (local.get 0) (i32.const 98) (local.get 1)))
     (func (export "init") (param i32 i32) (memory.init $text (local.get 0) (i32.const 3) (local.get 1)))
     (func (export "drop") (param i32)
       (data.drop $text) (memory.init $text (i32.const 0) (i32.const 0) (local.get 0)))`,
  ],
  [
    'tables and references',
    `(table $f (export "t0") 3 9 funcref)
     (table $x (export "t1") 2 externref)
     (elem (table $f) (i32.const 0) func $one)
     (elem $passive func $one $two)
     (elem declare func $two)
     (func $one (result i32) (i32.const 1))
     (func $two (result i32) (i32.const 2))
     (func (export "get") (param i32) (result i32) (ref.is_null (table.get $f (local.get 0))))
     (func (export "set") (param i32) (result i32)
       (table.set $f (local.get 0) (ref.func $two)) (call_indirect $f (result i32) (local.get 0)))
     (func (export "size") (result i32) (i32.add (table.size $f) (table.size $x)))
     (func (export "grow") (param i32) (result i32)
       (i32.add (i32.mul (table.grow $f (ref.func $two) (local.get 0)) (i32.const 100)) (table.size $f)))
     (func (export "fill") (param i32 i32) (table.fill $f (local.get 0) (ref.func $one) (local.get 1)))
     (func (export "copy") (param i32 i32) (table.copy $f $f (local.get 0) (i32.const 0) (local.get 1)))
     (func (export "init") (param i32 i32) (table.init $f $passive (local.get 0) (i32.const 1) (local.get 1)))
     (func (export "drop") (param i32)
       (elem.drop $passive) (table.init $f $passive (i32.const 0) (i32.const 0) (local.get 0)))
     (func (export "externref") (param externref) (result i32)
       (table.set $x (i32.const 0) (local.get 0)) (ref.is_null (table.get $x (i32.const 0))))`,
  ],
])('%s', (_, text) => {
  test('runs as in plain V8', () => {
    expect(compareWithPlain(compileText(`(module ${text})`), allCalls(edgeArguments))).toEqual([]);
  });
});
