import { describe, expect, test } from 'vitest';
import { scalarToTyped, typedToScalar } from '../../../../core/container/wasm-stepping/typed-value';
import { kernelImports } from '../../../../core/imports/kernel';
import { rootAddress } from '../../../../core/environment/address';
import { loadText, runToEnd, start } from './machines';

const code = loadText(`
  (import "kernel" "time" (func $time (result i64)))
  (memory 1) (data (i32.const 8) "memory")
  (table $t 3 funcref) (elem (i32.const 1) $inner $time)
  (global $i (mut i32) (i32.const -5)) (global $d f64 (f64.const nan:0x4000000000001))
  (func $inner (param $a i32) (param $b f32) (result i32) (local $c i64) (local $r funcref)
    (local.set $c (i64.const -2)) (local.set $r (ref.func $inner))
    (i32.add (local.get $a) (i32.wrap_i64 (i64.add (local.get $c) (call $time)))))
  (func (export "run") (param $n i32) (result i32)
    (i64.const 77)
    (call $inner (i32.add (local.get $n) (global.get $i)) (f32.const -0))
    (i32.add (i32.load8_u (i32.const 8))) (i32.add (global.get $i))
    (local.set $n) (drop) (local.get $n))`);

test('frames show typed locals and operands, of each call without what it passed on', () => {
  const machine = start(code, 'run', { args: [9] });
  machine.run({ imports: { calls: ['kernel'], when: 'before' } });
  const [inner, outer, ...none] = machine.frames(0, 10);
  expect(none).toEqual([]);
  expect(inner?.locals).toEqual([
    { type: 'i32', bits: 4n },
    { type: 'f32', bits: 0x80000000n },
    { type: 'i64', bits: 2n ** 64n - 2n },
    { type: 'funcref', bits: 2n },
  ]);
  expect(inner?.operands).toEqual([
    { type: 'i32', bits: 4n },
    { type: 'i64', bits: 2n ** 64n - 2n },
  ]);
  expect(outer?.locals).toEqual([{ type: 'i32', bits: 9n }]);
  expect(outer?.operands).toEqual([{ type: 'i64', bits: 77n }]);
  expect(machine.frames(1, 1)).toEqual([outer]);
  expect(machine.position()).toMatchObject({ ...inner?.position, depth: 2 });
});

test('globals, tables and memory are read as they are', () => {
  const machine = start(code, 'run', { args: [9] });
  expect(machine.globals()).toEqual([
    { type: 'i32', bits: 0xfffffffbn },
    { type: 'f64', bits: 0x7ff4000000000001n },
  ]);
  expect(machine.tableSizes()).toEqual([3]);
  expect(machine.table(0, 1, 9).map(typedToScalar)).toEqual([1, 0]);
  expect(machine.memorySize()).toBe(65536);
  expect(new TextDecoder().decode(machine.memory(8, 6))).toBe('memory');
  expect(machine.memory(65_530, 100)).toHaveLength(6);
});

describe('what is written at a stop is what the run goes on with', () => {
  const toImport = () => {
    const machine = start(code, 'run', { args: [9] });
    machine.run({ imports: { calls: ['kernel'], when: 'before' } });
    return machine;
  };

  test.each([
    ['nothing', () => {}, 106],
    ['a global', (machine: ReturnType<typeof toImport>) => machine.setGlobal(0, 2n ** 40n + 100n), 211],
    ['memory', (machine: ReturnType<typeof toImport>) => machine.setMemory(8, Uint8Array.of(1)), -2],
    ['an operand', (machine: ReturnType<typeof toImport>) => machine.setOperand(0, 0, 2n), 104],
    ['another operand', (machine: ReturnType<typeof toImport>) => machine.setOperand(0, 0, 3n), 105],
    [
      'an answer',
      (machine: ReturnType<typeof toImport>) =>
        machine.addAnswer({ kernel: rootAddress, import: 'kernel.time', call: 0, value: -1n }),
      105,
    ],
  ])('%s', (_, change, returned) => {
    const machine = toImport();
    const before = machine.snapshot();
    change(machine);
    expect(runToEnd(machine).result.returned).toBe(returned);
    machine.restore(before);
    expect(runToEnd(machine).result.returned).toBe(106);
  });

  test('a local, of an outer call too', () => {
    const machine = toImport();
    machine.setLocal(1, 0, 2n ** 32n - 1n);
    expect(machine.frames(1, 1)[0]?.locals).toEqual([{ type: 'i32', bits: 0xffffffffn }]);
    const changed = machine.snapshot();
    expect(runToEnd(machine).kind).toBe('end');
    machine.restore(changed);
    expect(machine.frames(1, 1)[0]?.locals).toEqual([{ type: 'i32', bits: 0xffffffffn }]);
  });

  test('nothing that is not there can be written', () => {
    const machine = toImport();
    expect(() => machine.setLocal(0, 4, 0n)).toThrow();
    expect(() => machine.setOperand(2, 0, 0n)).toThrow();
    expect(() => machine.setOperand(0, 2, 0n)).toThrow();
    expect(() => machine.setGlobal(2, 0n)).toThrow();
    expect(() => machine.setMemory(65_536, Uint8Array.of(1))).toThrow();
  });
});

test('snapshots share what did not change', () => {
  const writing = loadText(`(memory 100) (func (export "run") (local i32)
    (loop (i32.store (i32.const 123456) (local.get 0))
      (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 1000)))))`);
  const machine = start(writing, 'run');
  const sizes = [100, 200, 300, 400].map((count) => {
    machine.run({ count });
    return machine.snapshot().byteLength;
  });
  for (const size of sizes) expect(size).toBeLessThan(10_000);
});

test('answers given before the run are counted as in any run, and go on to hold after going back', () => {
  const twice = loadText(`(import "kernel" "time" (func $time (result i64)))
    (func (export "run") (result i64) (i64.add (i64.mul (i64.const 10) (call $time)) (call $time)))`);
  const answers = [{ kernel: rootAddress, import: 'kernel.time', call: 1, value: 7 }];
  const machine = start(twice, 'run', { inputs: { answers, time: 3 } });
  const first = machine.snapshot();
  machine.run({ imports: { calls: [kernelImports.name], when: 'after' } });
  const second = machine.snapshot();
  for (const snapshot of [second, first, second]) {
    machine.restore(snapshot);
    expect(runToEnd(machine).result.returned).toBe(37n);
  }
});

test('scalars and bits turn into each other', () => {
  for (const [type, value, bits] of [
    ['i32', -1, 0xffffffffn],
    ['i64', -1n, 2n ** 64n - 1n],
    ['f32', 1.5, 0x3fc00000n],
    ['f64', -0, 1n << 63n],
  ] as const) {
    expect(scalarToTyped(type, value)).toEqual({ type, bits });
    expect(typedToScalar({ type, bits })).toBe(value);
  }
});
