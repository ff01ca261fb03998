import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codec, hashToText } from '../../../core/base/hash';
import type { Breakpoint, Trigger } from '../../../core/debugger/breakpoint';
import type { Move, Session } from '../../../core/debugger/session';
import { finish } from '../../../core/debugger/steps';
import { watToWasm } from '../../fixtures/wat';
import { debugCode, mappedCode, openSession } from './sessions';

/** Stores 3, 2, 1 at 64, and puts each under `a/b`; `die` traps then. The names of its parts say what they are. */
const text = `
  (import "kernel" "state_set" (func $set (param i32 i32 i32 i32)))
  (import "kernel" "state_next" (func $next (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "a/b")
  (func $store (param $n i32) (i32.store (i32.const 64) (local.get $n)))
  (func $work (param $n i32)
    (loop $l
      (call $store (local.get $n))
      (call $set (i32.const 0) (i32.const 3) (i32.const 64) (i32.const 1))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "run")
    (call $work (i32.const 3))
    (drop (call $next (i32.const 0) (i32.const 0) (i32.const 80) (i32.const 8)))
    (i32.store8 (i32.const 100) (i32.const 1)))
  (func (export "die") (call $work (i32.const 1)) unreachable)`;
const code = debugCode(watToWasm(`(module ${text})`));

let nextId = 0;
const on = (trigger: Trigger, more: Partial<Breakpoint> = {}): Breakpoint => ({
  id: nextId++,
  on: trigger,
  enabled: true,
  when: null,
  hits: null,
  log: null,
  ...more,
});

function move(session: Session, asked: Move): string {
  const reason = finish(session.move(asked));
  if (!reason.ok) throw new Error(reason.error.message);
  return reason.value;
}

interface Stop {
  readonly count: number;
  readonly hits: Session['hits'];
}

function stopsOf(session: Session, back: boolean): Stop[] {
  const stops: Stop[] = [];
  while (move(session, { kind: 'continue', back }) === 'breakpoint') {
    stops.push({ count: session.position().count, hits: session.hits });
  }
  return stops;
}

/** All stops on the way to the end, which have to be those on the way back as well. */
function allStops(session: Session, breakpoints: readonly Breakpoint[]): readonly Stop[] {
  session.arm(breakpoints);
  move(session, { kind: 'restart', by: 'instruction' });
  const forward = stopsOf(session, false);
  move(session, { kind: 'to end' });
  const end = session.position().count;
  const back = stopsOf(session, true).toReversed();
  // Continuing leaves out where it stands: the beginning when it goes on, the end when it goes back.
  expect(back.filter(({ count }) => count > 0)).toStrictEqual(forward.filter(({ count }) => count < end));
  return forward;
}

const wordsOf = (breakpoint: Breakpoint, name = 'run'): string[] =>
  allStops(openSession(code, name), [breakpoint]).flatMap(({ hits }) => hits.map(({ words }) => words));

const cid = hashToText(code.hash, codec.raw);

/** Of an exported or named function. */
function instructionOf(name: string, place: number): Trigger {
  const index =
    [...code.names.functions].find(([, known]) => known === name)?.[0] ??
    code.module.exports.find((entry) => entry.name === name)?.index ??
    0;
  return { kind: 'instruction', code: cid, offset: code.stepping.instructions(index)[place] ?? 0 };
}

/** Where a run stands at a moment. */
function offsetAt(name: string, count: number): number {
  const session = openSession(code, name);
  move(session, { kind: 'to count', count });
  return session.position().offset;
}

const memory: Trigger = { kind: 'memory', kernel: null, address: 66, length: 4 };
const state = (access: 'read' | 'write' | 'any', path = 'a'): Trigger => ({
  kind: 'state',
  kernel: '/',
  path,
  access,
});

describe('each kind is met where it says', () => {
  const written = [3, 2, 1].map((value) => `kernel.state_set("a/b", ${value})`);
  const next = 'kernel.state_next("", 8)';

  test.each<[string, Trigger, readonly string[]]>([
    ['function', { kind: 'function', name: 'store' }, Array.from({ length: 3 }, () => 'store is called')],
    ['function by index', { kind: 'function', name: '#3' }, ['#3 is called']],
    ['instruction', instructionOf('run', 1), ['the instruction at run']],
    ['memory', memory, Array.from({ length: 3 }, () => '0x42..0x44 was written')],
    ['memory, written last of all', { ...memory, address: 100 }, ['0x64..0x65 was written']],
    ['import', { kind: 'import', import: 'kernel.state_next', argument: null }, [next]],
    [
      'import with an argument',
      { kind: 'import', import: 'kernel', argument: { name: 'value', value: 2 } },
      ['kernel.state_set("a/b", 2)'],
    ],
    ['state, written', state('write'), written],
    ['state, read by what comes next', state('read', 'a/b'), [next]],
    ['state below a level', state('any', 'a/'), [...written, next]],
    ['state of a longer name', state('any', 'a/bc'), []],
    ['state of another kernel', { ...state('any'), kernel: '/other' } as Trigger, []],
    ['trap', { kind: 'trap' }, []],
  ])('%s', (_, trigger, words) => {
    const shown = wordsOf(on(trigger)).map((each) => each.replace(/at 0x[\da-f]+$/, 'at run'));
    expect(shown).toStrictEqual(words);
  });

  test('a method, at the first instruction; whoever opens a session there stands at it', () => {
    const session = openSession(code, 'run');
    session.arm([on({ kind: 'method', kernel: '/', method: 'run' })]);
    move(session, { kind: 'to end' });
    expect(move(session, { kind: 'continue', back: true })).toBe('breakpoint');
    expect([session.position().count, session.hits[0]?.words]).toStrictEqual([0, 'run of /']);
    session.arm([on({ kind: 'method', kernel: '/', method: 'other' })]);
    move(session, { kind: 'to end' });
    expect(move(session, { kind: 'continue', back: true })).toBe('start');
  });

  test('a trap, and what else is met at its instruction', () => {
    const [last] = allStops(openSession(code, 'die'), [on({ kind: 'trap' })]).slice(-1);
    expect(last?.hits.map(({ words }) => words)).toStrictEqual(['unreachable']);
    const offset = offsetAt('die', last?.count ?? 0);
    const both = [on({ kind: 'trap' }), on({ kind: 'instruction', code: cid, offset })];
    expect(allStops(openSession(code, 'die'), both).map(({ hits }) => hits.length)).toStrictEqual([2]);
  });

  test('a line, in each copy of its code; from a line without code it is moved to the next', () => {
    const mapped = mappedCode(
      `(func $twice (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
       (func (export "run") (drop (call $twice (i32.const 1))) (drop (call $twice (i32.const 2))))`,
      [
        [5, 5, 5],
        [8, 8, 8, 9, 9, 9],
      ],
    );
    const stops = (line: number) =>
      allStops(openSession(mapped, 'run'), [on({ kind: 'line', file: 'a.ts', line })]).map(
        ({ hits }) => hits[0]?.words,
      );
    expect(stops(5)).toStrictEqual(['a.ts:5', 'a.ts:5']);
    expect(stops(6)).toStrictEqual([]);
    expect(stops(9)).toStrictEqual(['a.ts:9']);
    expect(stops(10)).toStrictEqual([]);
  });
});

const store: Trigger = { kind: 'function', name: 'store' };

describe('which of the times count', () => {
  test('those that fulfil the condition', () =>
    expect(wordsOf(on(state('write'), { when: '$call.value % 2 == 1 && $depth == 2' }))).toStrictEqual([
      'kernel.state_set("a/b", 3)',
      'kernel.state_set("a/b", 1)',
    ]));

  test.each([
    ['only', 2, [2]],
    ['from', 2, [2, 1]],
    ['each', 2, [2]],
    ['each', 1, [3, 2, 1]],
    ['only', 4, []],
  ] as const)('%s %i', (which, n, values) => {
    const breakpoint = on(state('write'), { hits: { which, n } });
    expect(wordsOf(breakpoint)).toStrictEqual(values.map((value) => `kernel.state_set("a/b", ${value})`));
  });

  test('only times that fulfil the condition are counted', () =>
    expect(wordsOf(on(store, { when: 'n < 3', hits: { which: 'only', n: 2 } }))).toHaveLength(1));

  test('a condition that has no value stops, and says why', () =>
    expect(wordsOf(on(state('read'), { when: 'n > 1', hits: { which: 'only', n: 7 } }))).toStrictEqual([
      'kernel.state_next("", 8); the condition has no value: there is no n here',
    ]));

  test('none of what is switched off', () =>
    expect(wordsOf(on(store, { enabled: false }))).toStrictEqual([]));
});

test('log points write and go on; what is gone through again is written once', () => {
  const session = openSession(code, 'run');
  session.arm([on(store, { log: 'n is {n}', when: 'n != 2' }), on(state('read'), { log: '{nobody}' })]);
  expect(move(session, { kind: 'continue', back: false })).toBe('end');
  move(session, { kind: 'restart', by: 'instruction' });
  expect(move(session, { kind: 'continue', back: false })).toBe('end');
  expect(session.logged.all.map((line) => line.text)).toStrictEqual([
    'n is 3',
    'n is 1',
    '{there is no nobody here}',
  ]);
  expect(move(session, { kind: 'continue', back: true })).toBe('start');
});

describe('on the way', () => {
  const [firstStore] = allStops(openSession(code, 'run'), [on(store)]);

  test.each<[string, Move, Move]>([
    [
      'a step over',
      { kind: 'over', back: false, by: 'instruction', times: 100 },
      { kind: 'over', back: true, by: 'instruction', times: 100 },
    ],
    [
      'a step out',
      { kind: 'out', back: false, by: 'instruction', times: 1 },
      { kind: 'out', back: true, by: 'instruction', times: 9 },
    ],
    [
      'a run to the cursor',
      { kind: 'to cursor', at: { kind: 'offset', offset: offsetAt('run', 1) + 1 }, back: false },
      { kind: 'to cursor', at: { kind: 'offset', offset: offsetAt('run', 1) }, back: true },
    ],
  ])('%s stops', (_, forward, back) => {
    const session = openSession(code, 'run');
    session.arm([on(store, { hits: { which: 'only', n: 1 } })]);
    expect(move(session, forward)).toBe('breakpoint');
    expect(session.position().count).toBe(firstStore?.count);
    move(session, { kind: 'to end' });
    expect(move(session, back)).toBe('breakpoint');
    expect(session.position().count).toBe(firstStore?.count);
  });

  test('jumps do not', () => {
    const session = openSession(code, 'die');
    session.arm([on(store)]);
    expect(move(session, { kind: 'to count', count: 30 })).toBe('end');
    expect(move(session, { kind: 'restart', by: 'line' })).toBe('moved');
    expect(move(session, { kind: 'to trap' })).toBe('trap');
  });
});

test('going on and going back stop at the same moments, whatever is looked out for', () => {
  const trigger = fc.constantFrom<Trigger>(
    store,
    memory,
    state('any'),
    state('read'),
    { kind: 'import', import: 'kernel', argument: null },
    { kind: 'trap' },
    ...Array.from({ length: 8 }, (_, place) => instructionOf('work', place)),
  );
  const breakpoint = fc.record({
    id: fc.nat(20),
    on: trigger,
    enabled: fc.constant(true),
    when: fc.option(fc.constantFrom('n != 2', '$count % 3 == 0', 'i32[64] > 1', '$sends == 1'), {
      nil: null,
    }),
    hits: fc.option(
      fc.record({ which: fc.constantFrom('only', 'from', 'each'), n: fc.integer({ min: 1, max: 3 }) }),
      { nil: null },
    ),
    log: fc.option(fc.constant('{n}'), { nil: null, freq: 5 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom('run', 'die'),
      fc.array(breakpoint, { maxLength: 5 }),
      (name, breakpoints) => {
        allStops(openSession(code, name), breakpoints as Breakpoint[]);
      },
    ),
    { numRuns: 60 },
  );
});

describe('long runs', () => {
  const long = debugCode(
    watToWasm(`(module
      (memory (export "memory") 1)
      (func $pass (param $n i32) (local $i i32)
        (local.set $i (i32.const 40))
        (loop $l (br_if $l (local.tee $i (i32.sub (local.get $i) (i32.const 1))))))
      (func (export "count") (param $n i32)
        (loop $l (call $pass (local.get $n)) (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
      (func (export "spin") (loop $l (br $l)))
      (func $deep (export "deep") (param $n i32) (call $deep (i32.add (local.get $n) (i32.const 1)))))`),
  );
  const pass: Trigger = { kind: 'function', name: 'pass' };
  const counting = () => {
    const session = openSession(long, 'count', { args: [3000], limits: { gas: 1e9 } });
    move(session, { kind: 'to end' });
    return session;
  };
  const argument = (session: Session) => Number(session.timeline.machine.frames(0, 1)[0]?.locals[0]?.bits);

  test.each<[string, Partial<Breakpoint>, number, number]>([
    ['each time', {}, 1, 3000],
    ['the 2,000th time', { hits: { which: 'only', n: 2000 } }, 1001, 1001],
    ['each 800th time', { hits: { which: 'each', n: 800 } }, 601, 2201],
    ['from the 2,990th time', { hits: { which: 'from', n: 2990 } }, 1, 11],
    ['by condition', { when: 'n % 1000 == 7' }, 7, 2007],
  ])('are gone through both ways: %s', (_, more, last, first) => {
    const session = counting();
    session.arm([on(pass, more)]);
    expect(move(session, { kind: 'continue', back: true })).toBe('breakpoint');
    expect(argument(session)).toBe(last);
    move(session, { kind: 'restart', by: 'instruction' });
    expect(move(session, { kind: 'continue', back: false })).toBe('breakpoint');
    expect(argument(session)).toBe(first);
  });

  test('what was counted is counted anew after an edit', () => {
    const session = counting();
    session.arm([on(pass, { hits: { which: 'each', n: 3000 } })]);
    expect(move(session, { kind: 'continue', back: true })).toBe('breakpoint');
    expect(argument(session)).toBe(1);
    move(session, { kind: 'to pass', at: { kind: 'function', function: 0 }, nth: 100 });
    move(session, { kind: 'in', back: false, by: 'instruction', times: 2 });
    // Its inner loop takes that much longer, so that all later passes come later.
    expect(session.edit({ kind: 'local', frame: 0, index: 1, bits: 200_000n }).ok).toBe(true);
    move(session, { kind: 'to end' });
    expect(move(session, { kind: 'continue', back: true })).toBe('breakpoint');
    expect(argument(session)).toBe(1);
    expect(move(session, { kind: 'continue', back: true })).toBe('start');
  });

  test('of what log points write, the last lines are kept', () => {
    const session = openSession(long, 'deep', { args: [0], limits: { gas: 1e9 } });
    session.arm([on({ kind: 'function', name: 'deep' }, { log: '{n}' })]);
    expect(move(session, { kind: 'continue', back: false })).toBe('trap');
    const { all, dropped } = session.logged;
    expect(dropped).toBeGreaterThan(0);
    expect([all.length, all.at(-1)?.text]).toStrictEqual([10_000, String(all.length + dropped)]);
  });

  test('an endless loop is paused, and ended by its gas', () => {
    const session = openSession(long, 'spin', { limits: { gas: 50_000_000 } });
    session.arm([on(pass), on({ kind: 'trap' })]);
    const paused = session.move({ kind: 'continue', back: false });
    paused.next();
    session.pause();
    expect(paused.next()).toMatchObject({ done: true, value: { value: 'paused' } });
    expect(move(session, { kind: 'continue', back: false })).toBe('breakpoint');
    expect(session.hits.map(({ words }) => words)).toStrictEqual(['out of gas']);
  });

  test('a recursion stops at each call, and at the limit of the stack', () => {
    const session = openSession(long, 'deep', { args: [0], limits: { gas: 1e9 } });
    session.arm([on({ kind: 'function', name: 'deep' }, { when: 'n == 5000' }), on({ kind: 'trap' })]);
    expect(move(session, { kind: 'continue', back: false })).toBe('breakpoint');
    expect(session.position().depth).toBe(5001);
    expect(move(session, { kind: 'continue', back: false })).toBe('breakpoint');
    expect(session.hits.map(({ words }) => words)).toStrictEqual(['stack overflow']);
  });
});
