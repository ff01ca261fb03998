import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { call, load } from './code';

describe('each run sees a new instance', () => {
  test('memory, globals, tables, sizes and segments are as at first, also after traps and a start function', () => {
    const code = load(`
      (memory 1 5) (data (i32.const 10) "abc") (data $passive "xyz")
      (table $t 2 5 funcref) (elem $e func $f)
      (global $n (mut i32) (i32.const 1)) (global $r (mut funcref) (ref.func $f))
      (global $started (mut i32) (i32.const 0))
      (func $f) (func $start (global.set $started (i32.add (global.get $started) (i32.const 1))))
      (start $start)
      (func (export "spoil") (param i32)
        (memory.fill (i32.const 0) (i32.const 7) (i32.const 65536))
        (global.set $n (i32.const 99)) (global.set $r (ref.null func))
        (if (i32.and (local.get 0) (i32.const 1)) (then (drop (memory.grow (i32.const 1)))))
        (if (i32.and (local.get 0) (i32.const 2)) (then (table.set (i32.const 0) (ref.func $f))))
        (if (i32.and (local.get 0) (i32.const 4)) (then (drop (table.grow (ref.null func) (i32.const 1)))))
        (if (i32.and (local.get 0) (i32.const 8)) (then (data.drop $passive)))
        (if (i32.and (local.get 0) (i32.const 16)) (then (elem.drop $e)))
        (if (i32.and (local.get 0) (i32.const 32)) (then (unreachable))))
      (func (export "look") (result i64)
        (memory.init $passive (i32.const 100) (i32.const 0) (i32.const 3))
        (table.init $e (i32.const 1) (i32.const 0) (i32.const 1))
        (i64.add (i64.add (i64.load (i32.const 8)) (i64.load (i32.const 65528)))
          (i64.extend_i32_u (i32.add
            (i32.add (global.get $n) (i32.add (global.get $started) (ref.is_null (global.get $r))))
            (i32.add (i32.add (memory.size) (table.size $t)) (ref.is_null (table.get (i32.const 0))))))))`);
    const first = call(code, 'look');
    expect(first.outcome.kind).toBe('ok');
    for (let how = 0; how < 64; how++) {
      call(code, 'spoil', [how]);
      expect(call(code, 'look')).toEqual(first);
    }
  });

  test('a sequence of runs has the results that each has alone', () => {
    const text = `(memory 1) (global $g (mut i64) (i64.const 3)) (data (i32.const 100) "some bytes")
      (func (export "f") (param i32 i32) (result i64)
        (i32.store offset=8 (i32.and (local.get 0) (i32.const 0x1ffff)) (local.get 1))
        (global.set $g (i64.add (global.get $g) (i64.extend_i32_s (local.get 1))))
        (if (i32.gt_s (local.get 1) (i32.const 1000)) (then (loop (br 0))))
        (if (i32.lt_s (local.get 1) (i32.const -1000)) (then (drop (memory.grow (i32.const 1)))))
        (i64.add (global.get $g) (i64.add (i64.load (i32.const 96)) (i64.extend_i32_u (memory.size)))))`;
    const pooled = load(text);
    const args = fc.tuple(fc.integer({ min: 0, max: 0x1ffff }), fc.integer({ min: -2000, max: 2000 }));
    fc.assert(
      fc.property(fc.array(args, { minLength: 1, maxLength: 20 }), (runs) => {
        for (const run of runs) {
          expect(call(pooled, 'f', run, { gas: 5000 })).toEqual(call(load(text), 'f', run, { gas: 5000 }));
        }
      }),
      { numRuns: 20 },
    );
  });
});
