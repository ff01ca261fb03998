import { expect, test } from 'vitest';
import { runScript } from './run-script';

const counter = `(module $counter
  (global $n (mut i32) (i32.const 5))
  (func (export "add") (param i32) (result i32)
    (global.set $n (i32.add (global.get $n) (local.get 0))) (global.get $n))
  (func (export "two") (result i32 f64) (i32.const 1) (f64.const nan:0x4000000000001))
  (func (export "stop") (global.set $n (i32.const 0)) (unreachable))
  (global (export "seven") i64 (i64.const 7)))`;

const reportOf = (commands: string) => {
  const { held, failed, skipped } = runScript(`${counter} ;; (;\n${commands} (; ;; ;)`);
  return { held, failed, skipped: Object.fromEntries(skipped) };
};

test('what holds is counted, over calls that see what those before them did', () => {
  const report = reportOf(`
    (invoke "add" (i32.const 10))
    (assert_return (invoke "add" (i32.const -1)) (i32.const 14))
    (assert_trap (invoke "stop") "unreachable")
    (assert_return (invoke $counter "add" (i32.const 0)) (i32.const 14))
    (assert_return (invoke "two") (i32.const 1) (f64.const nan:0x4000000000001))
    (assert_return (get "seven") (i64.const 7))
    (assert_invalid (module (func (i32.const 1))) "type mismatch")
    (assert_malformed (module binary "\\00asm\\01\\00\\00\\00\\01") "unexpected end")
    (assert_trap (module (memory 0) (data (i32.const 1) "a")) "out of bounds memory access")`);
  expect(report).toEqual({ held: 8, failed: [], skipped: {} });
});

test.each([
  ['another result', '(assert_return (invoke "add" (i32.const 0)) (i32.const 6))'],
  ['another one of several', '(assert_return (invoke "two") (i32.const 2) (f64.const nan:arithmetic))'],
  ['another NaN', '(assert_return (invoke "two") (i32.const 1) (f64.const nan:canonical))'],
  ['no result', '(assert_return (invoke "stop"))'],
  ['another trap', '(assert_trap (invoke "stop") "integer overflow")'],
  ['a trap', '(assert_trap (invoke "add" (i32.const 1)) "unreachable")'],
  ['a module refused', '(assert_invalid (module (func)) "type mismatch")'],
  ['a module that traps', '(assert_trap (module (memory 1)) "out of bounds memory access")'],
])('%s than there is fails in each container, with its line', (_, command) => {
  const { held, failed } = reportOf(command);
  expect(held).toBe(0);
  expect(new Set(failed.map((line) => /^line 8: (wasm-stepping|wasm)/.exec(line)?.[1]))).toEqual(
    new Set(['wasm', 'wasm-stepping']),
  );
});

test('what kernels take no part in is skipped, and says why', () => {
  const report = reportOf(`
    (register "counter" $counter)
    (module $other (import "counter" "add" (func (param i32) (result i32))) (func (export "run")))
    (assert_return (invoke $other "run"))
    (assert_return (invoke $counter "add" (i32.const 0)) (i32.const 5))
    (module (import "spectest" "memory" (memory 1)) (func (export "run") (param externref)))
    (assert_return (invoke "run" (ref.extern 1)))
    (assert_return (invoke "run" (ref.null extern)))`);
  expect(report).toEqual({
    held: 0,
    failed: [],
    skipped: {
      'an import of another module': 1,
      'a module that others import from, and change': 1,
      'a reference of the host': 1,
      'an imported memory': 1,
    },
  });
});
