import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../../../core/environment/limits';
import { call, load } from './code';

describe('gas', () => {
  test('counts an instruction as one, and nothing for structure', () => {
    const code = load(`(func (export "f") (param i32) (result i32)
      (block (br_if 0 (local.get 0)) (local.set 0 (i32.const 5)))
      (local.get 0))`);
    expect(call(code, 'f', [1]).gasUsed).toBe(3);
    expect(call(code, 'f', [0]).gasUsed).toBe(5);
  });

  test('charges bytes, pages and entries in proportion, and growth only when it is granted', () => {
    const code = load(`(memory 1 2) (table 1 4 funcref)
      (func (export "fill") (param i32) (memory.fill (i32.const 0) (i32.const 1) (local.get 0)))
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "grow table") (param i32) (result i32) (table.grow (ref.null func) (local.get 0)))`);
    expect(call(code, 'fill', [0]).gasUsed).toBe(4);
    expect(call(code, 'fill', [8000]).gasUsed).toBe(4 + 1000);
    expect(call(code, 'fill', [65_537])).toMatchObject({ gasUsed: 4, outcome: { kind: 'trap' } });
    expect(call(code, 'grow', [1])).toMatchObject({ gasUsed: 101 + 1024, returned: 1 });
    expect(call(code, 'grow', [2])).toMatchObject({ gasUsed: 101, returned: -1 });
    expect(call(code, 'grow table', [3])).toMatchObject({ gasUsed: 102 + 24, returned: 1 });
  });

  test('is all taken when it runs out, wherever that is', () => {
    const code = load(`(import "kernel" "log" (func $log (param i32 i32))) (memory 1)
      (func (export "spin") (loop (br 0)))
      (func $tree (export "tree") (param i32)
        (if (local.get 0) (then
          (call $tree (i32.sub (local.get 0) (i32.const 1)))
          (call $tree (i32.sub (local.get 0) (i32.const 1))))))
      (func (export "import") (loop (call $log (i32.const 0) (i32.const 100)) (br 0)))`);
    for (const [name, args] of [
      ['spin', []],
      ['tree', [60]],
      ['import', []],
    ] as const) {
      expect(call(code, name, args, { gas: 12_345 })).toMatchObject({
        gasUsed: 12_345,
        outcome: { kind: 'trap', reason: 'out of gas' },
      });
    }
  });

  test('ends long code without loops soon after it is out, also while returning from deep calls', () => {
    const long = Array.from({ length: 30_000 }, () => '(if (local.get 0) (then (nop)))').join(' ');
    const code = load(
      `(func $f (export "f") (param i32) (if (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1))))) ${long})`,
    );
    const result = call(code, 'f', [5000], { gas: 100_000 });
    expect(result).toMatchObject({ gasUsed: 100_000, outcome: { kind: 'trap', reason: 'out of gas' } });
  });
});

test('memory and tables grow as far as the limits let them', () => {
  const limits = { ...defaultLimits, pages: 3 };
  const code = load(
    `(memory 1) (table 0 funcref)
    (func (export "pages") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "entries") (param i32) (result i32) (table.grow (ref.null func) (local.get 0)))`,
    limits,
  );
  expect([2, 3].map((pages) => call(code, 'pages', [pages]).returned)).toEqual([1, -1]);
  expect([65_536, 65_537].map((entries) => call(code, 'entries', [entries]).returned)).toEqual([0, -1]);
});
