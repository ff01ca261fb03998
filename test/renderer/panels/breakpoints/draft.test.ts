import { describe, expect, it } from 'vitest';
import {
  breakpointToDraft,
  draftToBreakpoint,
  emptyDraft,
} from '../../../../renderer/panels/breakpoints/draft';
import {
  type Breakpoint,
  type Condition,
  plainBreakpoint,
} from '../../../../renderer/store/debug/breakpoints';

const conditions: readonly Condition[] = [
  { kind: 'line', file: 'contracts/counter.ts', line: 6 },
  { kind: 'instruction', code: 'bafk', offset: 418 },
  { kind: 'function', name: '#7' },
  { kind: 'import', import: 'kernel', argument: null },
  { kind: 'import', import: 'kernel.state_set', argument: { name: 'key', value: 'balance' } },
  { kind: 'state', kernel: null, path: '', access: 'any' },
  { kind: 'memory', kernel: '/bank', address: 1024, length: 8 },
  { kind: 'trap' },
  { kind: 'method', kernel: null, method: 'pay' },
];

describe('a breakpoint in the form', () => {
  it.each(conditions)('of kind $kind comes back as it was', (on) => {
    const full: Breakpoint = {
      on,
      enabled: false,
      when: '$0 > 1',
      hits: { which: 'each', n: 3 },
      log: '{$0}',
    };
    for (const breakpoint of [full, plainBreakpoint(on)]) {
      expect(draftToBreakpoint(breakpointToDraft(breakpoint), breakpoint.enabled)).toEqual({
        ok: true,
        value: breakpoint,
      });
    }
  });

  it.each([
    [{ file: '', line: '6' }, 'a file'],
    [{ file: 'a.ts', line: '0' }, 'a line'],
    [{ kind: 'memory', address: 'here' }, 'an address'],
    [{ kind: 'import', name: 'kernel.send', argument: 'to', value: 'bob' }, 'a value for to'],
    [{ kind: 'trap', hitWhich: 'only', hitCount: '' }, 'a number of hits'],
  ] as const)('says what %j lacks', (part, words) => {
    const made = draftToBreakpoint({ ...emptyDraft, ...part }, true);
    expect(made).toMatchObject({ ok: false, error: { message: expect.stringContaining(words) } });
  });
});
