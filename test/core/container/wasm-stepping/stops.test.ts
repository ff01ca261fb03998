import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MachinePosition } from '../../../../core/container/wasm-stepping/machine';
import { loadText, runToEnd, start } from './machines';
import { program } from './program';

const rounds = { args: [6] };
const code = loadText(program);

/** Where the run stands before each of its instructions, by stepping through it. */
const trace: readonly MachinePosition[] = (() => {
  const machine = start(code, 'run', rounds);
  const positions = [machine.position()];
  while (machine.run({ slice: 1 }).kind === 'slice') positions.push(machine.position());
  return positions;
})();

const someCount = fc.integer({ min: 0, max: trace.length - 1 });
const someSlice = fc.integer({ min: 1, max: 3000 });
const indices = (holds: (position: MachinePosition, index: number) => boolean): number[] =>
  trace.flatMap((position, index) => (index > 0 && holds(position, index) ? [index] : []));

test('each instruction has its number, and is one of its function', () => {
  trace.forEach((position, index) => {
    expect(position.count).toBe(index);
    expect(code.instructions(position.function)).toContain(position.offset);
  });
  expect(trace.at(-1)).toMatchObject({ function: 9, depth: 1 });
});

test('a count is gone to exactly, from anywhere, and one that is past is not', () => {
  fc.assert(
    fc.property(someCount, someCount, (from, to) => {
      const machine = start(code, 'run', rounds);
      machine.run({ count: from });
      expect(machine.run({ count: to })).toEqual({ kind: 'count' });
      expect(machine.position()).toEqual(trace[Math.max(from, to)]);
    }),
  );
});

test('a depth is the first one of its kind after the instruction', () => {
  fc.assert(
    fc.property(someCount, fc.integer({ min: 1, max: 6 }), (from, depth) => {
      const machine = start(code, 'run', rounds);
      machine.run({ count: from });
      const stop = machine.run({ depth });
      const expected = trace.find((position) => position.count > from && position.depth <= depth);
      if (expected === undefined) expect(stop.kind).toBe('end');
      else {
        expect(stop.kind).toBe('depth');
        expect(machine.position()).toEqual(expected);
      }
    }),
  );
});

test('breakpoints stop at each pass, at the Nth or never, count, and heed the depth, in slices of any size', () => {
  const offsets = [...new Set(trace.map(({ offset }) => offset))];
  const breakpoint = fc.record({
    at: fc.constantFrom(...offsets).map((offset) => ({ offset })),
    stopAt: fc.oneof(fc.constantFrom('each' as const, 'none' as const), fc.integer({ min: 1, max: 9 })),
    depth: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(breakpoint, { minLength: 1, maxLength: 4 }), someSlice, (list, slice) => {
      const passes = list.map(({ at, depth }) =>
        indices((position) => position.offset === at.offset && position.depth <= depth),
      );
      const expected = list.flatMap(({ stopAt }, index) => {
        const all = passes[index] ?? [];
        return stopAt === 'each' ? all : stopAt === 'none' ? [] : all.slice(stopAt - 1, stopAt);
      });
      const machine = start(code, 'run', rounds);
      const breakpoints = machine.breakpoints(list);
      const seen: number[] = [];
      for (;;) {
        const stop = machine.run({ breakpoints, slice });
        if (stop.kind === 'end') break;
        if (stop.kind === 'breakpoint') seen.push(machine.position().count);
      }
      expect(seen).toEqual([...new Set(expected)].toSorted((left, right) => left - right));
      expect(list.map((_, index) => breakpoints.hits(index))).toEqual(passes.map(({ length }) => length));
      expect(list.map((_, index) => breakpoints.lastHit(index))).toEqual(
        passes.map((all) => all.at(-1) ?? null),
      );
    }),
  );
});

test('a breakpoint at the entry of a function is hit by each call of it', () => {
  const entered = (wanted: number) =>
    indices(
      (position, index) => position.function === wanted && position.depth > (trace[index - 1]?.depth ?? 0),
    );
  for (const wanted of [4, 5, 6, 7]) {
    const machine = start(code, 'run', rounds);
    const breakpoints = machine.breakpoints([{ at: { entryOf: wanted }, stopAt: 'each' }]);
    const seen: number[] = [];
    while (machine.run({ breakpoints }).kind === 'breakpoint') {
      expect(machine.position()).toEqual(trace[machine.position().count]);
      seen.push(machine.position().count);
    }
    expect(seen).toEqual(entered(wanted));
    expect(breakpoints.hits(0)).toBe(seen.length);
  }
});

test('a stop for one thing does not hide what is hit at the same instruction', () => {
  const { offset } = trace[200] ?? { offset: 0 };
  const machine = start(code, 'run', rounds);
  const breakpoints = machine.breakpoints([{ at: { offset }, stopAt: 'none' }]);
  const passes = indices((position) => position.offset === offset);
  for (const count of passes) machine.run({ breakpoints, count });
  expect(breakpoints.hits(0)).toBe(passes.length);
});

describe('imports', () => {
  test('stop before the call, operands in place, and after it, result in place', () => {
    const calls = ['kernel.random', 'kernel.state_get'];
    const machine = start(code, 'run', rounds);
    const before: number[] = [];
    while (machine.run({ imports: { calls, when: 'before' } }).kind === 'import') {
      before.push(machine.position().count);
      expect(machine.frames(0, 1)[0]?.operands.map(({ type }) => type)).toContain('i32');
    }
    const again = start(code, 'run', rounds);
    const after: number[] = [];
    while (again.run({ imports: { calls, when: 'after' } }).kind === 'import')
      after.push(again.position().count);
    expect(before).toHaveLength(12);
    expect(after).toEqual(before.map((count) => count + 1));
    expect(again.importCalls('kernel.random')).toBe(6);
    expect(again.importCalls()).toBe(24);
  });

  test('a whole set may be asked for, and one that is stopped at already is called', () => {
    const machine = start(code, 'run', rounds);
    const imports = { calls: ['kernel'], when: 'before' as const };
    const names: string[] = [];
    for (;;) {
      const stop = machine.run({ imports, slice: 100 });
      if (stop.kind === 'end') break;
      if (stop.kind === 'import') names.push(stop.name);
    }
    expect(names.slice(0, 5)).toEqual(['random', 'state_set', 'state_get', 'log', 'random']);
    expect(names).toHaveLength(24);
  });

  test('an import through a table is one, too', () => {
    const indirect = loadText(`
      (import "kernel" "time" (func $time (result i64)))
      (table funcref (elem $time)) (type $t (func (result i64)))
      (func (export "run") (result i64) (i64.add (i64.const 1) (call_indirect (type $t) (i32.const 0))))
      (func (export "tail") (result i64) (return_call_indirect (type $t) (i32.const 0)))
      (func (export "direct tail") (result i64) (return_call $time))`);
    for (const [name, count] of [
      ['run', 2],
      ['tail', 1],
      ['direct tail', 0],
    ] as const) {
      const machine = start(indirect, name, { inputs: { time: 41 } });
      if (count > 0) {
        expect(machine.run({ imports: { calls: ['kernel.time'], when: 'before' } })).toMatchObject({
          name: 'time',
        });
        expect(machine.position().count).toBe(count);
      }
      expect(runToEnd(machine).result.returned).toBe(name === 'run' ? 42n : 41n);
    }
  });
});

describe('writes', () => {
  const writing = loadText(`
    (import "kernel" "method" (func $method (param i32 i32) (result i32)))
    (memory 2) (data $bytes "abcdefgh") (global $g (mut i32) (i32.const 0)) (global $h (mut i32) (i32.const 0))
    (func (export "run")
      (i32.store8 (i32.const 99) (i32.const 1))
      (i64.store (i32.const 93) (i64.const 0))
      (i32.store16 (i32.const 108) (i32.const 0))
      (memory.fill (i32.const 0) (i32.const 0) (i32.const 101))
      (memory.copy (i32.const 107) (i32.const 0) (i32.const 50))
      (memory.copy (i32.const 107) (i32.const 0) (i32.const 0))
      (memory.init $bytes (i32.const 100) (i32.const 0) (i32.const 4))
      (drop (call $method (i32.const 106) (i32.const 20)))
      (i32.store (i32.const 65534) (i32.const 0))
      (global.set $h (i32.const 1)) (global.set $g (i32.const 0)) (global.set $g (i32.const 7)))`);

  test('to watched memory stop after the instruction, whatever writes it, and name it', () => {
    const machine = start(writing, 'run');
    const written: unknown[] = [];
    for (;;) {
      const stop = machine.run({
        memory: [
          { address: 100, length: 8 },
          { address: 65536, length: 1 },
        ],
      });
      if (stop.kind !== 'memory') break;
      expect(machine.position().count).toBe(stop.by.count + 1);
      written.push([stop.written.address, stop.written.length]);
      const back = start(writing, 'run');
      back.run({ count: stop.by.count });
      expect(back.position()).toMatchObject({ function: stop.by.function, offset: stop.by.offset });
    }
    expect(written).toEqual([
      [93, 8],
      [0, 101],
      [107, 50],
      [100, 4],
      [106, 3],
      [65534, 4],
    ]);
  });

  test('to watched globals stop after the instruction, also when the value stays', () => {
    const machine = start(writing, 'run');
    expect(machine.run({ globals: [0] })).toMatchObject({ kind: 'global', index: 0 });
    expect(machine.globals().map(({ bits }) => bits)).toEqual([0n, 1n]);
    expect(machine.run({ globals: [0] })).toMatchObject({ kind: 'global', index: 0 });
    expect(machine.globals().map(({ bits }) => bits)).toEqual([7n, 1n]);
    expect(machine.run({ globals: [0] }).kind).toBe('end');
  });

  test('are found in slices of one instruction as well', () => {
    const machine = start(writing, 'run');
    const kinds: string[] = [];
    for (;;) {
      const stop = machine.run({ globals: [0, 1], memory: [{ address: 100, length: 1 }], slice: 1 });
      if (stop.kind === 'end') break;
      if (stop.kind !== 'slice') kinds.push(stop.kind);
    }
    expect(kinds).toEqual(['memory', 'memory', 'memory', 'global', 'global', 'global']);
  });
});

describe('traps', () => {
  const trapping = loadText(`
    (import "kernel" "abort" (func $abort (param i32 i32)))
    (import "kernel" "state_set" (func $set (param i32 i32 i32 i32)))
    (memory 1) (data (i32.const 0) "no\\01")
    (func $divide (param i32) (result i32) (i32.div_u (i32.const 12) (local.get 0)))
    (func (export "divide") (result i32) (i32.add (i32.const 1) (call $divide (i32.const 0))))
    (func (export "abort") (call $abort (i32.const 0) (i32.const 2)))
    (func (export "refused") (call $set (i32.const 0) (i32.const 2) (i32.const 2) (i32.const 99999)))
    (func (export "spin") (loop (br 0)))
    (func $deep (export "deep") (call $deep))`);

  test('are stopped at with all as it was, and may be turned away', () => {
    const machine = start(trapping, 'divide');
    expect(machine.run({ traps: true })).toMatchObject({ kind: 'trap', reason: 'integer divide by zero' });
    expect(machine.position()).toMatchObject({ depth: 2, count: 5 });
    expect(machine.frames(0, 1)[0]?.operands.map(({ bits }) => bits)).toEqual([12n, 0n]);
    machine.setOperand(0, 1, 4n);
    expect(runToEnd(machine).result).toMatchObject({ returned: 4, outcome: { kind: 'ok' } });
  });

  test('end the run when it goes on unchanged', () => {
    const machine = start(trapping, 'divide');
    machine.run({ traps: true });
    expect(machine.run({ traps: true }).kind).toBe('trap');
    expect(runToEnd(machine).result.outcome).toMatchObject({
      kind: 'trap',
      reason: 'integer divide by zero',
    });
  });

  test('of imports undo what the call did before it threw', () => {
    const seen: string[] = [];
    const observer = {
      onImport: ({ name }: { readonly name: string }) => void seen.push(name),
      onTrap: () => {},
    };
    for (const name of ['abort', 'refused']) {
      const machine = start(trapping, name, { observer });
      const stop = machine.run({ traps: true });
      expect(stop).toMatchObject({ kind: 'trap', outcome: { kind: 'trap' } });
      const { gasLeft } = machine.position();
      expect(machine.importCalls()).toBe(0);
      expect(seen).toEqual([]);
      expect(gasLeft).toBeGreaterThan(9_999_900);
      expect(runToEnd(machine).result.outcome).toEqual(stop.kind === 'trap' ? stop.outcome : null);
      expect(seen.splice(0)).toEqual([name === 'abort' ? 'abort' : 'state_set']);
    }
  });

  test('of gas and stack are stopped at as well', () => {
    const spinning = start(trapping, 'spin', { limits: { gas: 1000 } });
    expect(spinning.run({ traps: true })).toMatchObject({ kind: 'trap', reason: 'out of gas' });
    expect(spinning.position()).toMatchObject({ count: 1000, gasLeft: 0 });
    const deep = start(trapping, 'deep');
    expect(deep.run({ traps: true })).toMatchObject({ kind: 'trap', reason: 'stack overflow' });
    expect(deep.position().depth).toBe(deep.position().count + 1);
    expect(deep.frames(deep.position().depth - 2, 9)).toHaveLength(2);
  });
});
