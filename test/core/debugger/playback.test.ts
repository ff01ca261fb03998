import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashToKey } from '../../../core/base/hash';
import type { Breakpoint, Trigger } from '../../../core/debugger/breakpoint';
import { type DebugCode, loadDebugCode } from '../../../core/debugger/code';
import { type Playback, type PlaybackMove, createPlayback } from '../../../core/debugger/playback';
import { finish } from '../../../core/debugger/steps';
import { defaultLimits } from '../../../core/environment/limits';
import { allImports } from '../../../core/imports/all';
import { create, newBranch, signal } from '../../fixtures/branch';
import { watToWasm } from '../../fixtures/wat';

/** Puts what it is given under `n`; above 5 it traps after that. `noop` does nothing. */
const keeper = watToWasm(`(module
  (import "kernel" "state_set" (func $set (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "n")
  (func $keep (param $n i32)
    (i32.store8 (i32.const 8) (local.get $n))
    (call $set (i32.const 0) (i32.const 1) (i32.const 8) (i32.const 1)))
  (func (export "keep") (param $n i32)
    (call $keep (local.get $n))
    (if (i32.gt_u (local.get $n) (i32.const 5)) (then unreachable)))
  (func (export "noop") nop))`);

/** Adds up on a kernel without breakpoints of its own. */
const other = watToWasm(`(module (func (export "count") (drop (i32.const 1))))`);

function historyOf(values: readonly number[]) {
  const branch = newBranch();
  create(branch, '/a', keeper);
  create(branch, '/b', keeper);
  create(branch, '/other', other);
  for (const [place, value] of values.entries()) {
    signal(branch, place % 2 === 0 ? '/a' : '/b', 'keep', [value]);
    signal(branch, '/other', 'count');
    signal(branch, '/nobody', 'keep', [value]);
  }
  return branch;
}

const codeByHash = new Map<string, DebugCode>();

function play(values: readonly number[], breakpoints: readonly Breakpoint[] = [], first = 0): Playback {
  const branch = historyOf(values);
  const playback = createPlayback(
    {
      branch,
      load(hash) {
        const known = codeByHash.get(hashToKey(hash));
        if (known !== undefined) return { ok: true, value: known };
        const bytes = branch.code(hash) ?? new Uint8Array();
        const code = loadDebugCode({ hash, bytes, sourceMap: null }, allImports, defaultLimits);
        if (code.ok) codeByHash.set(hashToKey(hash), code.value);
        return code;
      },
    },
    first,
  );
  if (!playback.ok) throw new Error(playback.error.message);
  playback.value.arm(breakpoints);
  return playback.value;
}

function move(playback: Playback, asked: PlaybackMove): string {
  const reason = finish(playback.move(asked));
  if (!reason.ok) throw new Error(reason.error.message);
  return reason.value;
}

const whereIs = ({ index, session }: Playback): string => `#${index} ${session.position().count}`;

/** Where it stops, again and again, until there is nothing further. */
function stopsOf(playback: Playback, first: PlaybackMove, then: PlaybackMove): string[] {
  const stops: string[] = [];
  for (let asked = first; ; asked = then) {
    const reason = move(playback, asked);
    if (reason === 'end' || reason === 'start') return stops;
    stops.push(whereIs(playback));
  }
}

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

const step = (kind: 'in' | 'over' | 'out', back: boolean): PlaybackMove => ({
  kind,
  back,
  by: 'instruction',
});
const onward: PlaybackMove = { kind: 'continue', back: false };
const backward: PlaybackMove = { kind: 'continue', back: true };
const fromStart: PlaybackMove = { kind: 'from start', back: false };

describe('messages one after the other', () => {
  it('goes through every instruction of all of them, and back through the same', () => {
    const playback = play([1, 9]);
    const there = [whereIs(playback), ...stopsOf(playback, step('in', false), step('in', false))];
    expect(new Set(there.map((place) => place.split(' ')[0])).size).toBe(4);
    expect(new Set(there).size).toBe(there.length);
    const back = stopsOf(playback, step('in', true), step('in', true));
    expect(back.toReversed()).toStrictEqual(there);
  });

  it('steps out of a message into the next one, and back over it into the one before', () => {
    const playback = play([1, 2]);
    const first = playback.index;
    expect(move(playback, step('out', false))).toBe('moved');
    const second = playback.index;
    expect(second).toBeGreaterThan(first);
    expect(move(playback, step('over', true))).toBe('moved');
    expect(playback.index).toBe(first);
    expect(playback.session.position().depth).toBe(1);
  });

  it('begins where it is told to, and says so when nothing there can be stepped through', () => {
    const second = play([1, 2]).index + 3;
    expect(play([1, 2], [], second).index).toBe(second);
    expect(() => play([1], [], 1000)).toThrow('no message from #1000 on ran code');
  });
});

describe('breakpoints', () => {
  const any = fc.constantFrom<Trigger>(
    { kind: 'method', kernel: '/a', method: null },
    { kind: 'method', kernel: null, method: 'keep' },
    { kind: 'function', name: 'keep' },
    { kind: 'import', import: 'kernel.state_set', argument: null },
    { kind: 'state', kernel: '/b', path: 'n', access: 'write' },
    { kind: 'memory', kernel: null, address: 8, length: 1 },
    { kind: 'function', name: 'count' },
    { kind: 'trap' },
  );
  const circumstances = fc.record({
    when: fc.constantFrom(null, '$args[0] > 3'),
    hits: fc.constantFrom(null, { which: 'only' as const, n: 1 }, { which: 'each' as const, n: 2 }),
  });
  const breakpoints = fc.array(
    fc.tuple(any, circumstances).map(([trigger, more]) => on(trigger, more)),
    { maxLength: 3 },
  );

  it('stops at the same moments on the way there and on the way back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 4 }),
        breakpoints,
        (values, armed) => {
          const playback = play(values, armed);
          const start = whereIs(playback);
          const there = stopsOf(playback, fromStart, onward);
          expect(playback.session.position().count).toBe(playback.session.end?.count);
          expect(stopsOf(playback, backward, backward).toReversed()).toStrictEqual(there);
          expect(whereIs(playback)).toBe(start);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('goes past traps unless it is to stop at them', () => {
    const playback = play([9, 8]);
    expect(move(playback, onward)).toBe('end');
    playback.arm([on({ kind: 'trap' })]);
    expect(move(playback, backward)).toBe('breakpoint');
    const second = playback.index;
    expect(move(playback, backward)).toBe('breakpoint');
    expect(playback.index).toBeLessThan(second);
    expect(playback.session.hits[0]?.words).toContain('unreachable');
    expect(move(playback, onward)).toBe('breakpoint');
    expect(playback.index).toBe(second);
  });

  it('tells of each message that it goes past, with what log points wrote', () => {
    const playback = play(
      [1, 2],
      [on({ kind: 'method', kernel: '/b', method: null }, { log: 'got {$args[0]}' })],
    );
    const passed: string[] = [];
    playback.onPassed.on(({ session }) =>
      passed.push(`${session.subject.message.to}: ${session.logged.all.map(({ text }) => text).join()}`),
    );
    expect(move(playback, fromStart)).toBe('end');
    expect(passed).toContain('/b: got 2');
  });
});

describe('being stopped on the way', () => {
  it('stays where it came to when it is paused going on, and goes back when it was searching back', () => {
    const playback = play([1, 2, 3], [on({ kind: 'function', name: 'keep' }, { when: 'false' })]);
    const going = playback.move(fromStart);
    going.next();
    playback.pause();
    expect(finish(going)).toStrictEqual({ ok: true, value: 'paused' });
    move(playback, onward);
    const end = whereIs(playback);
    const searching = playback.move(backward);
    searching.next();
    searching.next();
    playback.pause();
    expect(finish(searching)).toStrictEqual({ ok: true, value: 'paused' });
    expect(whereIs(playback)).toBe(end);
  });

  it('is where it was when it is ended, however far it had come', () => {
    fc.assert(
      fc.property(fc.nat({ max: 20 }), fc.constantFrom(onward, step('out', false)), (steps, asked) => {
        const playback = play([1, 2, 3], [on({ kind: 'function', name: 'keep' }, { when: 'false' })]);
        move(playback, step('in', false));
        const before = whereIs(playback);
        const going = playback.move(asked);
        for (let taken = 0; taken < steps; taken++) if (going.next().done === true) return;
        going.return({ ok: true, value: 'moved' });
        expect(whereIs(playback)).toBe(before);
        expect(move(playback, step('in', false))).toBe('moved');
      }),
      { numRuns: 15 },
    );
  });
});
