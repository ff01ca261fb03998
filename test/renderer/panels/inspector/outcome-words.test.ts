import { describe, expect, it } from 'vitest';
import type { WireOutcome } from '../../../../core/studio/protocol/wire';
import type { ReceiptDetail } from '../../../../core/studio/protocol/world';
import { outcomeWords } from '../../../../renderer/panels/inspector/outcome-words';

const detailOf = (outcome: WireOutcome, stateChanged = false): ReceiptDetail => ({
  row: {
    index: 3,
    from: null,
    to: '/bank',
    method: 'pay',
    summary: '',
    outcome: outcome.kind,
    reason: '',
    gasUsed: 1000,
    sends: 0,
    cause: null,
    signal: 3,
    depth: 0,
    stateChanged,
  },
  id: 3,
  args: [],
  rawArgs: { bytes: new Uint8Array(), length: 0 },
  replyTo: null,
  gasLimit: 1000,
  code: 'bafy',
  codeName: 'bank.ts',
  outcome,
  before: null,
  after: null,
  sends: [],
  sendsTotal: 0,
  logs: [],
  logsTotal: 0,
});

const trap = (reason: string, detail: string | null = null): WireOutcome => ({
  kind: 'trap',
  reason,
  detail,
  stack: [],
  source: null,
});

describe('the words about an outcome', () => {
  it('say of every trap what it means and that all was rolled back', () => {
    const reasons = ['unreachable', 'out of gas', 'abort', 'refused', 'stack overflow', 'a trap of later'];
    for (const reason of reasons) {
      const words = outcomeWords(detailOf(trap(reason)));
      expect(words.title).toBe(`trap: ${reason}`);
      expect(words.meaning.length).toBeGreaterThan(10);
      expect(words.rollback).toContain('rolled back');
    }
    expect(outcomeWords(detailOf(trap('out of gas'))).meaning).toContain('1,000 of 1,000');
  });

  it('say of a rejected message why it never ran', () => {
    const words = outcomeWords(detailOf({ kind: 'rejected', reason: 'no method pay' }));
    expect(words).toMatchObject({ title: 'rejected', meaning: 'no method pay' });
    expect(words.rollback).toContain('never ran');
  });

  it('say what a run that went well left behind', () => {
    expect(outcomeWords(detailOf({ kind: 'ok', reply: null }, true)).meaning).toContain('committed');
    expect(outcomeWords(detailOf({ kind: 'ok', reply: null })).meaning).toContain('changed no state');
  });
});
