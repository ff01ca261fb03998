import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textToBytes } from '../../../core/base/bytes';
import { type ChangesPage, type Watched, type WatchedValue, changesOf } from '../../../core/debugger/changes';
import { courseOf } from '../../../core/debugger/course';
import { explainTrap } from '../../../core/debugger/explain-trap';
import { importCalls } from '../../../core/debugger/import-history';
import { lastWrite } from '../../../core/debugger/last-write';
import { seeAtPasses } from '../../../core/debugger/passes';
import type { Session } from '../../../core/debugger/session';
import { type Steps, finish } from '../../../core/debugger/steps';
import type { ImportCall } from '../../../core/imports/trace';
import { watToWasm } from '../../fixtures/wat';
import { program } from '../container/wasm-stepping/program';
import { debugCode, openSession } from './sessions';

const code = debugCode(watToWasm(`(module ${program})`));
const open = (rounds: number) => openSession(code, 'run', { args: [rounds] });

const go = (session: Session, count: number): void => finish(session.timeline.goTo(count));

/** What is to be seen at each moment but the end. */
function scan<T>(session: Session, see: () => T): T[] {
  go(session, Infinity);
  const end = session.end?.count ?? 0;
  return Array.from({ length: end }, (_, count) => {
    go(session, count);
    return see();
  });
}

/** Answers, and comes back to where it was asked. */
function ask<T>(session: Session, question: () => Steps<T>): T {
  const { count } = session.timeline;
  const answer = finish(session.look(question));
  expect(session.timeline.count).toBe(count);
  return answer;
}

/** All pages. */
function allChanges(session: Session, of: Watched, count: number) {
  const all = [];
  for (let after: number | null = null; ;) {
    const at: number | null = after;
    const page: ChangesPage = ask(session, () => changesOf(session.timeline, code, { of, after: at, count }));
    all.push(...page.changes);
    if (page.next === null)
      return all.map(({ by, before, after: now }) => [by.count, shown(before), shown(now)]);
    after = page.next;
  }
}

const shown = (value: WatchedValue) =>
  value === null || value instanceof Uint8Array ? value && [...value] : value.bits;

/** Changes from each moment to the next, within a window. */
function changesIn(values: readonly unknown[], start: number): unknown[] {
  return values.flatMap((value, place) => {
    const before = values[place - 1];
    if (place === 0 || JSON.stringify(before, text) === JSON.stringify(value, text)) return [];
    return [[start + place - 1, before, value]];
  });
}

const text = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

const rounds = fc.integer({ min: 1, max: 5 });
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const pageLength = fc.constantFrom(1, 3, 100);

describe('what changed, and when, is what a look at every moment finds', () => {
  const seen = (session: Session, of: Watched & { kind: 'global' | 'memory' | 'state' }) =>
    changesIn(
      scan(session, () => {
        const { machine } = session.timeline;
        if (of.kind === 'global') return machine.globals()[of.index]?.bits;
        if (of.kind === 'memory') return [...machine.memory(of.address, of.length)];
        const value = machine.environment.state.get(of.key);
        return value === undefined ? null : [...value];
      }),
      0,
    );

  test('of memory, globals and state', () =>
    fc.assert(
      fc.property(
        rounds,
        fc.oneof(
          fc.record({ kind: fc.constant('global' as const), index: fc.nat(1) }),
          fc.record({
            kind: fc.constant('memory' as const),
            address: fc.constantFrom(0, 695, 5100, 8999, 9100, 60_000),
            length: fc.integer({ min: 1, max: 12 }),
          }),
          fc.constant({ kind: 'state' as const, key: textToBytes('key') }),
        ),
        share,
        pageLength,
        (count, of, at, length) => {
          const session = open(count);
          const expected = seen(session, of);
          go(session, Math.floor(at * (session.end?.count ?? 0)));
          expect(allChanges(session, of, length)).toStrictEqual(expected);
        },
      ),
      { numRuns: 12 },
    ));

  test('of locals, for as long as their call is on', () =>
    fc.assert(
      fc.property(
        rounds,
        share,
        fc.tuple(fc.nat(4), fc.nat(2)),
        pageLength,
        (count, at, [frame, index], length) => {
          const session = open(count);
          const { machine } = session.timeline;
          const all = scan(session, () => machine.position().depth);
          // The start function is called from outside, too, just before.
          const calls = all.map((depth, place) => (place < 3 ? 0 : depth));
          const moment = 3 + Math.floor(at * (calls.length - 4));
          const place = frame % (calls[moment] ?? 1);
          const depth = (calls[moment] ?? 1) - place;
          const start = calls.findLastIndex((other, place) => place <= moment && other < depth) + 1;
          const after = calls.findIndex((other, place) => place > moment && other < depth);
          const values = calls.slice(start, after === -1 ? calls.length : after).map((_, place) => {
            go(session, start + place);
            return machine.frames(machine.position().depth - depth, 1)[0]?.locals[index]?.bits;
          });
          go(session, moment);
          expect(allChanges(session, { kind: 'local', frame: place, index }, length)).toStrictEqual(
            changesIn(values, start),
          );
        },
      ),
      { numRuns: 12 },
    ));

  test('a call that gives way to another in its place ends with that', () => {
    const tail = debugCode(
      watToWasm(`(module
        (func $other (param i32) (local.set 0 (i32.const 9)))
        (func $self (export "run") (param $n i32)
          (local.set $n (i32.sub (local.get $n) (i32.const 1)))
          (if (i32.eqz (local.get $n)) (then (return_call $other (i32.const 5))))
          (return_call $self (local.get $n))))`),
    );
    const session = openSession(tail, 'run', { args: [3] });
    const of: Watched = { kind: 'local', frame: 0, index: 0 };
    const changes = () =>
      finish(session.look(() => changesOf(session.timeline, tail, { of, after: null, count: 100 }))).changes;
    expect(changes().map(({ before, after }) => [shown(before), shown(after)])).toStrictEqual([[3n, 2n]]);
    go(session, 10);
    expect(changes().map(({ before, after }) => [shown(before), shown(after)])).toStrictEqual([[2n, 1n]]);
    go(session, Infinity);
    go(session, (session.end?.count ?? 0) - 1);
    expect(changes().map(({ before, after }) => [shown(before), shown(after)])).toStrictEqual([[5n, 9n]]);
  });
});

test('the last write is the last of all that a run onwards stops at', () =>
  fc.assert(
    fc.property(
      rounds,
      share,
      fc.constantFrom(0, 690, 5100, 8999, 9100, 40_000, 60_000),
      fc.integer({ min: 1, max: 30 }),
      (count, at, address, length) => {
        const session = open(count);
        const { timeline } = session;
        const { machine } = timeline;
        const range = { address, length };
        go(session, Infinity);
        const present = Math.floor(at * ((session.end?.count ?? 0) + 1));
        go(session, 0);
        const writes = [];
        const until = { memory: [range], count: present };
        while (timeline.count < present) {
          const stop = finish(timeline.run(until));
          if (stop.kind === 'memory') writes.push(stop.by);
        }
        go(session, present);
        const found = ask(session, () => lastWrite(timeline, code, { range, before: present }));
        expect(found?.by).toStrictEqual(writes.at(-1));
        if (found === null) return;
        go(session, found.by.count);
        expect(found.before).toStrictEqual(machine.memory(address, length));
        const called = machine.nextImport();
        expect(found.import).toBe(called && `${called.set}.${called.name}`);
        go(session, found.by.count + 1);
        expect(found.after).toStrictEqual(machine.memory(address, length));
      },
    ),
    { numRuns: 12 },
  ));

describe('import calls', () => {
  test('of any part of a run are those that an observer of all of it sees, each with its moment', () =>
    fc.assert(
      fc.property(rounds, fc.nat(30), fc.integer({ min: 1, max: 10 }), share, (count, first, most, at) => {
        const session = open(count);
        const { timeline } = session;
        const moments = scan(session, () => timeline.machine.nextImport() !== null).flatMap(
          (isCall, moment) => (isCall ? moment : []),
        );
        go(session, 0);
        const calls: ImportCall[] = [];
        timeline.machine.observe({ onImport: (call) => void calls.push(call), onTrap: () => undefined });
        go(session, Infinity);
        timeline.machine.observe(null);
        const all = calls.map((call, place) => ({ moment: moments[place], call }));
        const before = Math.floor(at * ((session.end?.count ?? 0) + 1));
        go(session, before);
        expect(timeline.machine.importCalls()).toBe(all.filter(({ moment = 0 }) => moment < before).length);
        expect(ask(session, () => importCalls(timeline, code, { first, count: most, before }))).toStrictEqual(
          all.filter(({ moment = 0 }) => moment < before).slice(first, first + most),
        );
      }),
      { numRuns: 12 },
    ));

  test('a page of a hundred thousand of them is found', () => {
    const many = debugCode(
      watToWasm(`(module (import "kernel" "time" (func $time (result i64)))
        (func (export "run") (param $n i32)
          (loop $l (drop (call $time))
            (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))`),
    );
    const session = openSession(many, 'run', { args: [100_000], limits: { gas: 1e9 } });
    go(session, Infinity);
    const window = { first: 99_990, count: 100, before: session.end?.count ?? 0 };
    const rows = ask(session, () => importCalls(session.timeline, many, window));
    expect(rows.map(({ moment, call }) => [moment, call.index])).toStrictEqual(
      Array.from({ length: 10 }, (_, place) => [(99_990 + place) * 7, 99_990 + place]),
    );
  });
});

test('a run in stretches counts each call and each send once', () =>
  fc.assert(
    fc.property(rounds, fc.integer({ min: 1, max: 1000 }), (count, most) => {
      const session = open(count);
      const depths = scan(session, () => session.position().depth);
      go(session, 5);
      const { end, stretches } = ask(session, () => courseOf(session.timeline, most));
      expect(end.count).toBe(depths.length);
      expect(stretches.length).toBeLessThanOrEqual(most);
      expect(stretches.map(({ moment }) => depths[moment])).toStrictEqual(
        stretches.map(({ depth }) => depth),
      );
      go(session, Infinity);
      expect(stretches.reduce((sum, { imports }) => sum + imports, 0)).toBe(
        session.timeline.machine.importCalls(),
      );
    }),
    { numRuns: 12 },
  ));

test('at each pass of a place something is seen, in pages', () => {
  const session = open(5);
  const [first = 0] = code.stepping.instructions(6);
  const passes = scan(session, () => session.position().offset === first).flatMap((isPass, moment) =>
    isPass ? moment : [],
  );
  const places = [{ at: { offset: first } }];
  const see = () => session.timeline.machine.frames(0, 1)[0]?.locals[0]?.bits;
  const page = (after: number | null) =>
    ask(session, () => seeAtPasses(session.timeline, places, { after, count: 2 }, see));
  go(session, 7);
  const all = [];
  for (let after: number | null = null; ;) {
    const { rows, next } = page(after);
    all.push(...rows);
    if (next === null) break;
    after = next;
  }
  expect(all.map(({ moment }) => moment)).toStrictEqual(passes);
  expect(all.map(({ seen }) => seen)).toStrictEqual(
    passes.map((moment) => {
      go(session, moment);
      return see();
    }),
  );
  expect(passes.length).toBeGreaterThan(0);
});

describe('a trap is explained with the values that it has', () => {
  const failing = debugCode(
    watToWasm(`(module (import "kernel" "abort" (func $abort (param i32 i32)))
      (memory 1) (data (i32.const 0) "no money") (table 3 funcref) (elem (i32.const 0) $deep)
      (type $wanted (func (param i64) (result i32)))
      (func $deep (export "deep") (call $deep))
      (func (export "spin") (loop (br 0)))
      (func (export "never") unreachable)
      (func (export "divide") (drop (i32.div_u (i32.const 7) (i32.const 0))))
      (func (export "greatest") (drop (i32.div_s (i32.const 0x80000000) (i32.const -1))))
      (func (export "convert") (drop (i32.trunc_f64_s (f64.const 3e10))))
      (func (export "none") (drop (i32.trunc_f64_s (f64.const nan))))
      (func (export "load") (drop (i64.load16_u offset=8 (i32.const -4))))
      (func (export "store") (f64.store (i32.const 65529) (f64.const 1)))
      (func (export "copy") (memory.copy (i32.const 1) (i32.const 2) (i32.const 65535)))
      (func (export "entry") (call_indirect (i32.const 3)))
      (func (export "empty") (call_indirect (i32.const 2)))
      (func (export "type") (drop (call_indirect (type $wanted) (i64.const 1) (i32.const 0))))
      (func (export "table") (drop (table.get (i32.const 9))))
      (func (export "abort") (call $abort (i32.const 0) (i32.const 8)))
      (func (export "refused") (call $abort (i32.const 65530) (i32.const 8))))`),
  );

  test.each([
    [
      'deep',
      'Calls nest too deep: 13 of them are on, and the last one, of deep, has no room in the stack of 100 values.',
    ],
    ['spin', 'The message had 5000 gas, and all of it is used up.'],
    [
      'never',
      'It came to `unreachable`, which compilers put where a program must not get to: after a check that failed, an assertion, a panic.',
    ],
    ['divide', 'i32.div_u was to divide 7 by 0.'],
    ['greatest', 'i32.div_s was to divide -2147483648 by -1; the result is greater than any i32.'],
    ['convert', 'i32.trunc_f64_s was to make an integer of 30000000000, which is out of its range.'],
    ['none', 'i32.trunc_f64_s was to make an integer of NaN, which is no number.'],
    [
      'load',
      'i64.load16_u was to read 2 bytes at 4294967300 (4294967292 and an offset of 8); the memory ends at 65536.',
    ],
    ['store', 'f64.store was to write 8 bytes at 65529; the memory ends at 65536.'],
    ['copy', 'memory.copy was to write 65535 bytes to 1 from 2; the memory ends at 65536.'],
    ['entry', 'call_indirect was to call entry 3 of table 0, which has 3 entries.'],
    ['empty', 'call_indirect was to call entry 2 of table 0, which is empty.'],
    [
      'type',
      'call_indirect was to call a function that takes (i64) and gives (i32); entry 0 of the table is deep, which takes () and gives ().',
    ],
    ['table', 'table.get was to reach beyond the end of a table: table 0 has 3 entries.'],
    ['abort', 'The contract gave up: no money.'],
    [
      'refused',
      'kernel.abort was refused: kernel.abort: message is 8 bytes at 65530, beyond the end of the memory of 65536 bytes.',
    ],
  ])('%s', (name, words) => {
    const session = openSession(failing, name, { limits: { gas: 5000, stack: 100 } });
    finish(session.move({ kind: 'to trap' }));
    const outcome = session.end?.result.outcome;
    if (outcome?.kind !== 'trap') throw new Error('it does not trap');
    expect(session.timeline.count).toBe((session.end?.count ?? 0) - 1);
    expect(explainTrap(outcome, session.timeline.machine, failing)).toBe(words);
    // Any question leaves it where it is, and a step back leads on.
    ask(session, () =>
      lastWrite(session.timeline, failing, { range: { address: 0, length: 8 }, before: 1e9 }),
    );
    const { count } = session.timeline;
    finish(session.move({ kind: 'in', back: true, by: 'instruction', times: 1 }));
    expect(session.timeline.count).toBe(Math.max(0, count - 1));
  });

  test('asked just before it, when the end is not known yet, it comes back to that', () => {
    const session = openSession(failing, 'deep', { limits: { stack: 100 } });
    finish(session.move({ kind: 'continue', back: false }));
    expect(session.end).toBeNull();
    ask(session, () =>
      lastWrite(session.timeline, failing, { range: { address: 0, length: 8 }, before: 12 }),
    );
    expect(session.frames(0, 100)).toHaveLength(13);
  });
});
