import { describe, expect, test } from 'vitest';
import { call, load, trapOf } from './code';

describe('the stack', () => {
  const repeat = (count: number, text: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => text(index)).join(' ');
  const i64s = repeat(100, () => 'i64');

  test.each([
    ['nothing on it', '(func $f (export "f") (call $f))'],
    [
      'many locals',
      `(memory 1) (func $f (export "f") (local ${i64s})
      ${repeat(100, (index) => `(local.set ${index} (i64.load (i32.const ${index * 8})))`)} (call $f)
      ${repeat(100, (index) => `(i64.store (i32.const ${index * 8}) (local.get ${index}))`)})`,
    ],
    [
      'many operands',
      `(memory 1) (func $f (export "f")
      ${repeat(1000, (index) => `(i64.load (i32.const ${index * 8}))`)} (call $f) ${repeat(1000, () => '(drop)')})`,
    ],
    [
      'many parameters',
      `(func $f (param ${i64s}) (call $f ${repeat(100, (index) => `(local.get ${index})`)}))
      (func (export "f") (call $f ${repeat(100, () => '(i64.const 1)')}))`,
    ],
    [
      'many results',
      `(func $f (result ${i64s}) (call $f))
      (func (export "f") (call $f) ${repeat(100, () => '(drop)')})`,
    ],
    [
      'calls through a table',
      `(table 1 funcref) (elem (i32.const 0) $f)
      (func $f (export "f") (call_indirect (i32.const 0)))`,
    ],
  ])('is counted before the engine meets its own end, however the code is compiled: %s', (_, text) => {
    const code = load(text);
    const results = Array.from({ length: 40 }, () => call(code, 'f'));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(trapOf(results[0] ?? call(code, 'f'))).toMatchObject({
      reason: 'stack overflow',
      position: { function: 0 },
    });
  });

  test('is given back by calls that return and by tail calls', () => {
    const code = load(`
      (func $tail (param i32) (if (local.get 0) (then (return_call $tail (i32.sub (local.get 0) (i32.const 1))))))
      (func (export "f") (param i32)
        (loop (call $tail (i32.const 1000)) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))`);
    expect(call(code, 'f', [1000]).outcome.kind).toBe('ok');
  });
});
