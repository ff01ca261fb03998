import { describe, expect, test } from 'vitest';
import { call, load } from './code';

describe('NaNs have the same bits wherever they come from', () => {
  const canonical = { f32: 0x7fc00000, f64: 0x7ff8000000000000n };

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
