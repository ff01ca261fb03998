import { describe, expect, test } from 'vitest';
import { call, load } from './code';

const canonical = { f32: 0x7fc00000, f64: 0x7ff8000000000000n };

describe('NaNs have the same bits wherever they come from', () => {
  test.each([
    'add (C) (D)',
    'sub (D) (C)',
    'mul (C) (D)',
    'div (Z) (Z)',
    'sqrt (f.const -1)',
    'min (C) (Z)',
    'max (Z) (D)',
    'ceil (C)',
    'floor (D)',
    'trunc (C)',
    'nearest (D)',
  ])('%s', (operation) => {
    const text = (type: 'f32' | 'f64', bits: 'i32' | 'i64') => {
      const expression = `(f.${operation})`
        .replaceAll('(Z)', '(f.const 0)')
        .replaceAll(
          '(C)',
          `(f.reinterpret_${bits} (${bits}.or (local.get 0) (${bits}.const ${type === 'f32' ? '0xffc01234' : '0xfff8000000001234'})))`,
        )
        .replaceAll(
          '(D)',
          `(f.reinterpret_${bits} (${bits}.or (local.get 0) (${bits}.const ${type === 'f32' ? '0x7fd55555' : '0x7ffd555555555555'})))`,
        )
        .replaceAll('(f.', `(${type}.`);
      return `(func (export "${type}") (param ${bits}) (result ${bits}) (${bits}.reinterpret_${type} ${expression}))`;
    };
    const code = load(`${text('f32', 'i32')} ${text('f64', 'i64')}`);
    expect(call(code, 'f32', [0]).returned).toBe(canonical.f32);
    expect(call(code, 'f64', [0n]).returned).toBe(canonical.f64);
  });

  test('also when a later operation takes them, and when widened, narrowed or passed in', () => {
    const code = load(`
      (func (export "chain") (param f64) (result i64)
        (i64.reinterpret_f64 (f64.add (f64.mul (local.get 0) (f64.const 0)) (f64.const 1))))
      (func (export "promote") (param i32) (result i64)
        (i64.reinterpret_f64 (f64.promote_f32 (f32.reinterpret_i32 (local.get 0)))))
      (func (export "demote") (param i64) (result i32)
        (i32.reinterpret_f32 (f32.demote_f64 (f64.reinterpret_i64 (local.get 0)))))
      (func (export "pass") (param f32) (result i32) (i32.reinterpret_f32 (local.get 0)))`);
    expect(call(code, 'chain', [Infinity]).returned).toBe(canonical.f64);
    expect(call(code, 'promote', [-0x12345]).returned).toBe(canonical.f64);
    expect(call(code, 'demote', [-0x1234567n]).returned).toBe(canonical.f32);
    expect(call(code, 'pass', [NaN]).returned).toBe(canonical.f32);
  });

  test('but what only moves bits leaves them alone', () => {
    const code = load(`(memory 1) (func (export "f") (param i64) (result i64)
      (f64.store (i32.const 0) (f64.neg (f64.reinterpret_i64 (local.get 0)))) (i64.load (i32.const 0)))`);
    expect(call(code, 'f', [0x7ff0000000001234n]).returned).toBe(BigInt.asIntN(64, 0xfff0000000001234n));
  });
});

describe('a NaN keeps to them on every way to where its bits can be told', () => {
  const nan = '(f64.div (local.get $zero) (local.get $zero))';

  test.each([
    ['a local', `(local.set $a ${nan}) (local.get $a)`],
    [
      'a local, on the way to arithmetic',
      `(local.set $a ${nan}) (drop (f64.add (local.get $a) (local.get $a))) (local.get $a)`,
    ],
    ['locals in a row', `(local.set $a ${nan}) (local.set $b (local.get $a)) (local.get $b)`],
    ['a tee', `(local.tee $a ${nan})`],
    ['what a tee left', `(drop (f64.add (local.tee $a ${nan}) (f64.const 1))) (local.get $a)`],
    [
      'a local set in a loop and read before',
      `(loop $l (result f64)
        (local.set $b (local.get $a)) (local.set $a ${nan})
        (br_if $l (i32.eqz (local.tee $n (i32.add (local.get $n) (i32.const 1)))))
        (br_if $l (i32.lt_u (local.get $n) (i32.const 2))) (local.get $b))`,
    ],
    ['a block', `(block (result f64) ${nan})`],
    ['a branch', `(block $out (result f64) (br $out ${nan}))`],
    ['a branch taken or not', `(block $out (result f64) (br_if $out ${nan} (local.get $n)) (drop) ${nan})`],
    ['a branch by a table', `(block $out (result f64) (br_table $out $out ${nan} (local.get $n)))`],
    ['both sides of an if', `(if (result f64) (local.get $n) (then ${nan}) (else ${nan}))`],
    ['the parameter of a block', `${nan} (block (param f64) (result f64) (nop))`],
    [
      'the parameter of an if',
      `${nan} (local.get $n) (if (param f64) (result f64) (then (nop)) (else (nop)))`,
    ],
    ['an operand under a block', `${nan} (block (local.set $n (i32.const 1)))`],
    ['a return', `(return ${nan})`],
    ['a select', `(select ${nan} (f64.const 1) (i32.const 1))`],
    ['a call', `(call $same ${nan})`],
    ['a call through a table', `(call_indirect (type $same) ${nan} (i32.const 0))`],
    ['a global', `(global.set $g ${nan}) (global.get $g)`],
    ['the memory', `(f64.store (i32.const 0) ${nan}) (f64.load (i32.const 0))`],
    ['a sign', `(f64.neg (f64.neg ${nan}))`],
    ['a copied sign', `(f64.div (f64.copysign (f64.const 0) ${nan}) (f64.const 0))`],
    ['more arithmetic', `(f64.sqrt (f64.add (f64.mul ${nan} ${nan}) ${nan}))`],
    ['f32', `(f64.promote_f32 (f32.demote_f64 ${nan}))`],
  ])('%s', (_, text) => {
    const code = load(`(memory 1) (global $g (mut f64) (f64.const 0))
      (type $same (func (param f64) (result f64)))
      (table funcref (elem $same))
      (func $same (type $same) (local.get 0))
      (func $run (param $zero f64) (result f64) (local $a f64) (local $b f64) (local $n i32) ${text})
      (func (export "f") (param f64) (result i64) (i64.reinterpret_f64 (call $run (local.get 0))))`);
    expect(call(code, 'f', [0]).returned).toBe(canonical.f64);
  });

  test('the sign that is copied from one is positive', () => {
    const code = load(
      `(func (export "f") (param $zero f64) (result f64) (f64.copysign (f64.const 2) ${nan}))`,
    );
    expect(call(code, 'f', [0]).returned).toBe(2);
  });
});
