import { expect, test } from 'vitest';
import { call, load } from './code';

test('an entry gets scalars and returns one, i64 as bigint', () => {
  const code = load(`
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "wide") (param i64) (result i64) (i64.add (local.get 0) (i64.const 1)))
    (func (export "half") (param f64) (result f64) (f64.div (local.get 0) (f64.const 2)))
    (func (export "none"))`);
  expect(call(code, 'add', [2, 3]).returned).toBe(5);
  expect(call(code, 'wide', [(1n << 62n) + 5n]).returned).toBe((1n << 62n) + 6n);
  expect(call(code, 'half', [3]).returned).toBe(1.5);
  expect(call(code, 'none')).toEqual({ outcome: { kind: 'ok', reply: null }, returned: null, gasUsed: 0 });
});

test('names that code exports are its own, whatever they are', () => {
  const code = load(`(func (export "kernelscope.begin") (result i32) (i32.const 1))
    (func (export "kernelscope:.left") (result i32) (i32.const 2)) (func (export "") (result i32) (i32.const 3))`);
  expect(call(code, 'kernelscope.begin').returned).toBe(1);
  expect(call(code, 'kernelscope:.left').returned).toBe(2);
  expect(call(code, '').returned).toBe(3);
});
