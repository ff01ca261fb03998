import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../../../core/environment/limits';
import { compileText } from '../../../conformance/text';
import { call, load, loadInAll, trapOf } from './code';

describe('traps have the reason that the specification gives them, and their place', () => {
  const text = `
    (memory 1)
    (type $none (func)) (type $one (func (param i32)))
    (table 3 funcref) (elem (i32.const 0) $unreachable) (elem $passive func $unreachable)
    (func $unreachable (export "unreachable") (unreachable))
    (func (export "integer divide by zero") (drop (i64.rem_u (i64.const 1) (i64.const 0))))
    (func (export "integer overflow") (drop (i32.div_s (i32.const 0x80000000) (i32.const -1))))
    (func (export "integer overflow, float") (drop (i32.trunc_f32_s (f32.const 1e10))))
    (func (export "invalid conversion to integer") (drop (i64.trunc_f64_u (f64.const nan))))
    (func (export "out of bounds memory access") (drop (i32.load8_u (i32.const 65536))))
    (func (export "out of bounds memory access, all of it") (memory.fill (i32.const 1) (i32.const 0) (i32.const -1)))
    (func (export "out of bounds table access") (table.set (i32.const 3) (ref.null func)))
    (func (export "out of bounds table access, init") (table.init $passive (i32.const 0) (i32.const 0) (i32.const 2)))
    (func (export "undefined element") (call_indirect (type $none) (i32.const 3)))
    (func (export "uninitialized element") (call_indirect (type $none) (i32.const 1)))
    (func (export "indirect call type mismatch") (call_indirect (type $one) (i32.const 7) (i32.const 0)))
    (func $recur (export "stack overflow") (call $recur))
    (func (export "out of gas") (loop (br 0)))`;
  const code = load(text);
  const names = [...text.matchAll(/export "([^"]+)"/g)].map(([, name = '']) => name);

  test.each(names.map((name, index) => [name, index] as const))('%s', (name, index) => {
    const trap = trapOf(call(code, name));
    expect(trap).toMatchObject({ reason: name.split(',')[0], position: { function: index } });
    const place = trap?.position?.offset ?? 0;
    expect(place).toBeGreaterThan(0);
    expect(place).toBeLessThan(compileText(`(module ${text})`).length);
  });

  test('the place is the offset of the instruction in the code as it was given', () => {
    const bytes = compileText(`(module (memory 1)
      (func (export "f") (param i32) (result i32)
        (if (local.get 0) (then (nop) (nop)))
        (i32.add (i32.const 1) (i32.load offset=77 (i32.sub (local.get 0) (i32.const 9))))))`);
    const loaded = loadInAll(bytes, [], defaultLimits);
    const trap = loaded.ok ? trapOf(call(loaded.value, 'f', [1])) : null;
    const { offset } = trap?.position ?? { offset: 0 };
    expect([...bytes.subarray(offset, offset + 3)]).toEqual([0x28, 2, 77]);
  });

  test('a segment that does not fit traps before anything runs', () => {
    const broken = load('(memory 1) (data (i32.const 65536) "x") (func (export "f"))');
    expect(trapOf(call(broken, 'f'))).toMatchObject({ reason: 'out of bounds memory access' });
  });
});
