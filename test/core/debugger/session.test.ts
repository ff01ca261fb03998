import { describe, expect, test } from 'vitest';
import type { Move, Session } from '../../../core/debugger/session';
import { finish } from '../../../core/debugger/steps';
import { compileText } from '../../conformance/text';
import { debugCode, mappedCode, openSession } from './sessions';

const calls = debugCode(
  compileText(`(module
  (func $leaf (param $n i32) (result i32)
    (if (local.get $n) (then (return (call $leaf (i32.sub (local.get $n) (i32.const 1))))))
    (i32.const 7))
  (func $tail (param $n i32) (result i32) (return_call $leaf (local.get $n)))
  (func $twice (result i32) (i32.add (call $tail (i32.const 1)) (call $leaf (i32.const 2))))
  (func $again (param $n i32)
    (loop $l
      (drop (call $twice))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
  (func (export "run") (call $again (i32.const 3)) (drop (call $twice)))
  (func (export "die") (drop (call $twice)) (call $again (i32.const 1)) unreachable))`),
);

function move(session: Session, asked: Move): string {
  const reason = finish(session.move(asked));
  if (!reason.ok) throw new Error(reason.error.message);
  return `${reason.value} ${session.position().count}`;
}

const step = (kind: 'in' | 'over' | 'out', back: boolean, by: 'line' | 'instruction', times = 1): Move => ({
  kind,
  back,
  by,
  times,
});

describe('by instruction', () => {
  /** The calls that are on at each moment but the end. */
  function depthsOf(session: Session): number[] {
    move(session, { kind: 'to end' });
    const end = session.end?.count ?? 0;
    return Array.from({ length: end }, (_, count) => {
      move(session, { kind: 'to count', count });
      return session.position().depth;
    });
  }

  test('every step from every moment goes where the depth of calls says', () => {
    const session = openSession(calls, 'run');
    const depths = depthsOf(session);
    const end = depths.length;
    const go = (from: number, kind: 'in' | 'over' | 'out', back: boolean): number => {
      move(session, { kind: 'to count', count: from });
      move(session, step(kind, back, 'instruction'));
      return session.position().count;
    };
    for (const [count, depth] of depths.entries()) {
      const next = (most: number) => {
        const found = depths.findIndex((other, at) => at > count && other <= most);
        return found === -1 ? end : found;
      };
      const last = (most: number) =>
        Math.max(
          0,
          depths.findLastIndex((other, at) => at < count && other <= most),
        );
      const gone = {
        in: go(count, 'in', false),
        over: go(count, 'over', false),
        out: go(count, 'out', false),
        backIn: go(count, 'in', true),
        backOver: go(count, 'over', true),
        backOut: go(count, 'out', true),
      };
      expect({ count, ...gone }).toStrictEqual({
        count,
        in: count + 1,
        over: next(depth),
        out: next(depth - 1),
        backIn: Math.max(0, count - 1),
        backOver: last(depth),
        backOut: last(depth - 1),
      });
    }
  });

  test('it stops just before a trap, and then at the end', () => {
    const session = openSession(calls, 'die');
    const [, before] = move(session, { kind: 'continue', back: false }).split(' ');
    expect(session.end).toBeNull();
    expect(move(session, step('in', false, 'instruction'))).toBe(`end ${Number(before) + 1}`);
    expect(session.end?.result.outcome).toMatchObject({ kind: 'trap', reason: 'unreachable' });
    expect(session.frames(0, 10)).toStrictEqual([]);
    expect(move(session, step('in', true, 'instruction'))).toBe(`moved ${before}`);
    expect(move(session, { kind: 'restart', by: 'instruction' })).toBe('moved 0');
    expect(move(session, { kind: 'to trap' })).toBe(`trap ${before}`);
  });

  test('many steps at once end early at either end', () => {
    const session = openSession(calls, 'run');
    expect(move(session, step('over', false, 'instruction', 2))).toMatch(/^moved/);
    expect(move(session, step('over', true, 'instruction', 100))).toBe('start 0');
    expect(move(session, step('out', false, 'instruction', 100))).toMatch(/^end/);
  });
});

describe('by line', () => {
  const code = mappedCode(
    `(func $square (param $n i32) (result i32)
       (local.set $n (i32.mul (local.get $n) (local.get $n)))
       (local.get $n))
     (func $sum (param $n i32) (result i32) (local $s i32)
       (loop $l
         (local.set $s (i32.add (local.get $s) (call $square (local.get $n))))
         (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
       (local.get $s))
     (func (export "glue") (result i32) (call $sum (i32.const 2)))`,
    [
      [1, 1, 1, 1, 2],
      [11, 11, 11, 11, 11, 12, 12, 12, 12, 12, 13],
      [0, 0],
    ],
  );
  const open = () => {
    const session = openSession(code, 'glue');
    move(session, { kind: 'restart', by: 'line' });
    return session;
  };
  const lineOf = (session: Session) => session.position().place?.line ?? null;
  /** The lines that a move comes to, again and again until it doesn't move. */
  function linesOf(session: Session, asked: Move): (number | null)[] {
    const lines = [];
    for (let last = -1; session.position().count !== last;) {
      lines.push(lineOf(session));
      last = session.position().count;
      move(session, asked);
    }
    return lines;
  }

  test('it begins at the first line that the author wrote', () => expect(lineOf(open())).toBe(11));

  test('in and over go from line to line, and back again', () => {
    const session = open();
    const into = linesOf(session, step('in', false, 'line'));
    expect(into).toStrictEqual([11, 1, 2, 11, 12, 11, 1, 2, 11, 12, 13, null]);
    const back = linesOf(session, step('in', true, 'line'));
    expect(back).toStrictEqual([null, 13, 12, 2, 1, 11, 12, 2, 1, 11, null]);
    move(session, { kind: 'restart', by: 'line' });
    const over = linesOf(session, step('over', false, 'line'));
    expect(over).toStrictEqual([11, 12, 11, 12, 13, null]);
    expect(linesOf(session, step('over', true, 'line'))).toStrictEqual([null, 13, 12, 11, 12, 11, null]);
  });

  test('out comes to the midst of the line that called, back out to its call', () => {
    const session = open();
    move(session, step('in', false, 'line'));
    move(session, step('over', false, 'line'));
    expect(lineOf(session)).toBe(2);
    const { count } = session.position();
    move(session, step('out', false, 'line'));
    expect(lineOf(session)).toBe(11);
    move(session, { kind: 'to count', count });
    move(session, step('out', true, 'line'));
    expect(lineOf(session)).toBe(11);
    expect(session.position().depth).toBe(2);
  });

  test('a place is come to by cursor and by the number of its pass', () => {
    const session = open();
    const at = { kind: 'line', file: 'a.ts', line: 12 } as const;
    const first = move(session, { kind: 'to cursor', at, back: false });
    const second = move(session, { kind: 'to cursor', at, back: false });
    expect(move(session, { kind: 'to cursor', at, back: true })).toBe(first);
    expect(move(session, { kind: 'to pass', at, nth: 2 })).toBe(second);
    expect(move(session, { kind: 'to pass', at, nth: 1 })).toBe(first);
    expect(move(session, { kind: 'to pass', at, nth: 3 })).toMatch(/^end/);
    expect(move(session, { kind: 'to cursor', at: { ...at, line: 3 }, back: true })).toMatch(/^moved/);
    expect(finish(session.move({ kind: 'to cursor', at: { ...at, line: 14 }, back: true }))).toMatchObject({
      ok: false,
      error: { code: 'no-code-there' },
    });
  });
});

test('paused, a run stays where it came to; one that is given up goes back', () => {
  const code = debugCode(compileText('(module (func (export "run") (loop $l (br $l))))'));
  const session = openSession(code, 'run', { limits: { gas: 1e9 } });
  const given = session.move({ kind: 'continue', back: false });
  given.next();
  given.next();
  given.return(undefined as never);
  expect(session.position().count).toBe(0);
  const paused = session.move({ kind: 'continue', back: false });
  paused.next();
  session.pause();
  expect(paused.next()).toMatchObject({ done: true, value: { ok: true, value: 'paused' } });
  const { count } = session.position();
  expect(count).toBeGreaterThan(0);
  expect(move(session, step('in', true, 'instruction', 3))).toBe(`moved ${count - 3}`);
});
