import { describe, expect, it } from 'vitest';
import { parseGoal } from '../../../../renderer/panels/debugger/goal';

const here = { count: 1000, file: 'contracts/counter.ts', cursor: { kind: 'offset', offset: 7 } } as const;
const line = (file: string, number: number) => ({ kind: 'line', file, line: number });

describe('a goal', () => {
  it.each([
    ['12,345', { kind: 'to count', count: 12345 }],
    ['0', { kind: 'to count', count: 0 }],
    ['+100', { kind: 'to count', count: 1100 }],
    ['-2000', { kind: 'to count', count: 0 }],
    [':6', { kind: 'to cursor', at: line('contracts/counter.ts', 6), back: false }],
    ['a/b.ts:12', { kind: 'to cursor', at: line('a/b.ts', 12), back: false }],
    ['a/b.ts:12#3', { kind: 'to pass', at: line('a/b.ts', 12), nth: 3 }],
    ['#3', { kind: 'to pass', at: { kind: 'offset', offset: 7 }, nth: 3 }],
    ['0x1A2', { kind: 'to cursor', at: { kind: 'offset', offset: 418 }, back: false }],
    [' end ', { kind: 'to end' }],
    ['trap', { kind: 'to trap' }],
  ])('reads %s', (text, move) => {
    expect(parseGoal(text, here)).toEqual({ ok: true, value: move });
  });

  it.each(['', 'counter', ':0', '1.5', ':6#x'])('says what can be written in place of %j', (text) => {
    expect(parseGoal(text, { ...here, cursor: null })).toMatchObject({
      ok: false,
      error: { code: 'no-goal' },
    });
  });
});
