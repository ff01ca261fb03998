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

test('what the suite’s host offers is there: functions to print, a memory, a table and numbers', () => {
  const report = reportOf(`
    (module $user
      (import "spectest" "print_i32_f32" (func $print (param i32 f32)))
      (import "spectest" "memory" (memory $m 1))
      (import "spectest" "global_i32" (global $n i32))
      (global $d (export "double") (import "spectest" "global_f64") f64)
      (table $t (import "spectest" "table") 10 funcref)
      (data (i32.const 7) "\\2a")
      (func (export "print") (call $print (i32.const 1) (f32.const 2)))
      (func (export "sizes") (result i32 i32 i32) (memory.size) (table.size $t) (global.get $n))
      (func (export "grow") (result i32) (memory.grow (i32.const 2)))
      (func (export "byte") (result i32) (i32.load8_u (i32.const 7))))
    (assert_return (invoke "print"))
    (assert_return (invoke "sizes") (i32.const 1) (i32.const 10) (i32.const 666))
    (assert_return (invoke "grow") (i32.const -1))
    (assert_return (invoke "byte") (i32.const 42))
    (assert_return (get $user "double") (f64.const 666.6))
    (assert_return (invoke $counter "add" (i32.const 1)) (i32.const 6))
    (assert_trap (module (import "spectest" "memory" (memory 0)) (data (i32.const 131072) "a"))
      "out of bounds memory access")
    (assert_unlinkable (module (import "spectest" "unknown" (func))) "unknown import")
    (assert_unlinkable (module (import "spectest" "print_i32" (func (param i64)))) "incompatible import type")`);
  expect(report).toEqual({ held: 9, failed: [], skipped: {} });
});

test('NaN patterns, references, exhausted stacks, and modules as quoted text and as bytes', () => {
  const report = reportOf(`
    (module quote "(func (export \\"nan\\") (param f32) (result f32) (f32.div (local.get 0) (f32.const 0)))"
      "(func $deep (export \\"deep\\") (call $deep))"
      "(func (export \\"ref\\") (result funcref funcref) (ref.null func) (ref.func $deep))")
    (assert_return (invoke "nan" (f32.const 0)) (f32.const nan:canonical))
    (assert_return (invoke "nan" (f32.const 0)) (f32.const nan:arithmetic))
    (assert_return (invoke "ref") (ref.null func) (ref.func))
    (assert_exhaustion (invoke "deep") "call stack exhausted")
    (module $empty binary "\\00asm" "\\01\\00\\00\\00")
    (assert_invalid (module quote "(func (result i32))") "type mismatch")
    (assert_malformed (module quote "(func (i32.cnst 1))") "unknown operator")`);
  expect(report).toEqual({ held: 5, failed: [], skipped: { 'refused as text': 1 } });
});

test('what kernels take no part in is skipped, and says why', () => {
  const report = reportOf(`
    (register "counter" $counter)
    (module $other (import "counter" "add" (func (param i32) (result i32))) (func (export "run")))
    (assert_return (invoke $other "run"))
    (assert_return (invoke $counter "add" (i32.const 0)) (i32.const 5))
    (module (import "host" "memory" (memory 1)) (func (export "run") (param externref)))
    (assert_return (invoke "run" (ref.extern 1)))
    (assert_return (invoke "run" (ref.null extern)))
    (module
      (table $kept 1 externref)
      (func (export "keep") (param externref) (table.set $kept (i32.const 0) (local.get 0)))
      (func (export "kept") (result externref) (table.get $kept (i32.const 0))))
    (assert_return (invoke "kept") (ref.null extern))
    (assert_return (invoke "keep" (ref.extern 1)))
    (assert_return (invoke "kept") (ref.extern 1))`);
  expect(report).toEqual({
    held: 1,
    failed: [],
    skipped: {
      'an import of another module': 1,
      'a module that others import from, and change': 1,
      'a reference of the host': 2,
      'what follows a reference of the host': 1,
      'an imported memory': 1,
    },
  });
});
