/** Calls of imports with arguments that no honest code would have, and as many as gas pays for. */
import { describe, expect, test } from 'vitest';
import { allImports } from '../../../core/imports/all';
import { importsToWasmType } from '../../../core/imports/link';
import { watToWasm } from '../../fixtures/wat';
import { victimOf } from './victim';

const functions = allImports.flatMap((set) =>
  Object.entries(set.functions).map(([name, declared]) => ({ set: set.name, name, declared })),
);
const taking = functions.filter(({ declared }) => declared.params.some(({ kind }) => kind !== 'scalar'));

const importText = ({ set, name, declared }: (typeof functions)[number]): string => {
  const { params, results } = importsToWasmType(declared);
  return `(import "${set}" "${name}" (func $call (param ${params.join(' ')}) (result ${results.join(' ')})))`;
};

/** Pointer and length, in a memory of one page. */
const badRanges = [
  [-1, 1],
  [65_536, 1],
  [65_535, 2],
  [0, 65_537],
  [0, -1],
  [-1, -1],
  [-2147483648, 16],
  [2147483647, 2147483647],
  [-16, 17],
] as const;

describe.each(taking)('$set.$name', (called) => {
  const pairs = called.declared.params.flatMap(({ kind }, index) => (kind === 'scalar' ? [] : [index]));

  test('refuses each range that is not in the memory, and names it', () => {
    for (const wrongAt of pairs) {
      for (const [pointer, length] of badRanges) {
        const args = called.declared.params.map((param, index) => {
          if (param.kind === 'scalar') return `(${param.type}.const 0)`;
          return index === wrongAt
            ? `(i32.const ${pointer}) (i32.const ${length})`
            : '(i32.const 0) (i32.const 0)';
        });
        const drop = called.declared.result === null ? '' : 'drop';
        const victim = victimOf(
          watToWasm(
            `(module ${importText(called)} (memory 1) (func (export "f") ${args.join(' ')} call $call ${drop}))`,
          ),
        );
        expect(victim.attack()).toMatch(/^trap: refused: .* beyond the end of the memory of 65536 bytes/);
      }
    }
  });

  test('takes the last byte of the memory, and the empty range after it', () => {
    for (const [pointer, length] of [
      [65_535, 1],
      [65_536, 0],
    ]) {
      const args = called.declared.params.map((param) =>
        param.kind === 'scalar' ? `(${param.type}.const 0)` : `(i32.const ${pointer}) (i32.const ${length})`,
      );
      const drop = called.declared.result === null ? '' : 'drop';
      const victim = victimOf(
        watToWasm(
          `(module ${importText(called)} (memory 1) (func (export "f") ${args.join(' ')} call $call ${drop}))`,
        ),
      );
      expect(victim.attack()).not.toContain('beyond the end');
      victim.expectUnharmed();
    }
  });

  test('without any memory, refuses all but empty ranges at 0', () => {
    const args = called.declared.params.map((param) =>
      param.kind === 'scalar' ? `(${param.type}.const 0)` : `(i32.const 0) (i32.const 1)`,
    );
    const drop = called.declared.result === null ? '' : 'drop';
    const victim = victimOf(
      watToWasm(`(module ${importText(called)} (func (export "f") ${args.join(' ')} call $call ${drop}))`),
    );
    expect(victim.attack()).toMatch(/^trap: refused: .* beyond the end of the memory of 0 bytes/);
    victim.expectUnharmed();
  });
});

describe('a flood of calls ends when gas does, and leaves nothing', () => {
  test.each(functions.filter(({ name }) => name !== 'abort'))('$set.$name', (called) => {
    const args = called.declared.params.map((param) =>
      param.kind === 'scalar' ? `(${param.type}.const 7)` : '(i32.const 0) (i32.const 1)',
    );
    const drop = called.declared.result === null ? '' : 'drop';
    const victim = victimOf(
      watToWasm(`(module ${importText(called)} (memory 1) (data (i32.const 0) "a")
        (func (export "f") (loop ${args.join(' ')} call $call ${drop} (br 0))))`),
    );
    expect(victim.attack()).toMatch(/^trap: (out of gas$|refused: )/);
    const { sends, logs } = victim.branch.receipt(2) ?? {};
    expect(sends).toEqual([]);
    expect(logs?.length).toBeLessThan(200_000);
    victim.expectUnharmed();
  });
});

describe('a million, or many', () => {
  const limits = { gas: 5_000_000_000, messages: 2_000_000 };

  test('calls of an import are done', () => {
    const victim = victimOf(
      watToWasm(`(module (import "kernel" "time" (func $time (result i64)))
        (func (export "f") (local $n i32)
          (loop (drop (call $time)) (br_if 0 (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 1000000))))))`),
      limits,
    );
    expect(victim.attack()).toBe('ok');
    victim.expectUnharmed();
  });

  const sender = (to: string, method: string, count: number) =>
    watToWasm(`(module (import "kernel" "send" (func $send (param i32 i32 i32 i32 i32 i32 i32 i32)))
      (memory 1) (data (i32.const 0) "${to}${method}\\80")
      (func (export "none"))
      (func (export "f") (local $n i32)
        (loop (call $send (i32.const 0) (i32.const ${to.length}) (i32.const ${to.length}) (i32.const ${method.length})
                 (i32.const ${to.length + method.length}) (i32.const 1) (i32.const 0) (i32.const 0))
          (br_if 0 (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const ${count}))))))`);

  test('messages in one run are refused when so many may not follow', () => {
    const victim = victimOf(sender('/nobody', 'none', 1_000_000), { ...limits, messages: 10_000 });
    expect(victim.attack()).toMatch(/^trap: refused: .*10000/);
    expect(victim.branch.receipt(2)?.sends).toEqual([]);
    victim.expectUnharmed();
  });

  test('messages to nobody each have their receipt', () => {
    const victim = victimOf(sender('/nobody', 'none', 50_000), limits);
    expect(victim.attack()).toBe('ok');
    expect(victim.branch.length).toBe(50_003);
    victim.expectUnharmed();
  });

  test('messages that each send two more end with what their signal may lead to', () => {
    const victim = victimOf(
      watToWasm(`(module (import "kernel" "send" (func $send (param i32 i32 i32 i32 i32 i32 i32 i32)))
        (memory 1) (data (i32.const 0) ".f\\80")
        (func $again (call $send (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1)
          (i32.const 2) (i32.const 1) (i32.const 0) (i32.const 0)))
        (func (export "f") (call $again) (call $again)))`),
      { messages: 3000 },
    );
    victim.attack();
    expect(victim.branch.length).toBeLessThanOrEqual(2 + 3000);
    victim.expectUnharmed();
  });
});
