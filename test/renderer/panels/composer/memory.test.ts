import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryToPlain, plainToMemory } from '../../../../renderer/panels/composer/memory';
import type { SentSignal } from '../../../../renderer/panels/composer/sent-signal';
import { emptySignal, withDrafts, withText } from '../../../../renderer/panels/composer/signal-draft';
import { valuesEqual } from '../../../../renderer/ui/values/value-kind';
import { wireValues } from '../../ui/values/arbitrary';

const form = { fields: [], records: new Map(), signature: 'notes: list<note>' };

const throughJson = (plain: unknown): unknown => JSON.parse(JSON.stringify(plain));

it('a signal that is being written comes back with all that was typed', () => {
  const named = { ...emptySignal, to: '/bank', method: 'note', gas: '1_000' };
  const signal = withText(
    withDrafts(named, form, [
      {
        kind: 'items',
        items: [{ id: 3, draft: { kind: 'fields', fields: [{ kind: 'bytes', form: 'hex', text: '0x' }] } }],
      },
      { kind: 'option', some: false, of: { kind: 'bool', on: true } },
      { kind: 'result', side: 'err', ok: null, err: { kind: 'text', text: 'half a va' } },
    ]),
    '[1, ',
  );
  expect(plainToMemory(throughJson(memoryToPlain({ signal, sent: [] })))).toEqual({ signal, sent: [] });
});

it('signals that were sent come back with the same arguments', () => {
  fc.assert(
    fc.property(fc.array(wireValues, { maxLength: 3 }), (args) => {
      const sent: SentSignal[] = [{ to: '/a', method: 'm', args, gas: '', receipt: 4 }];
      const back = plainToMemory(throughJson(memoryToPlain({ signal: emptySignal, sent }))).sent;
      expect(back).toHaveLength(1);
      expect(valuesEqual([...args], Object.values(back[0]?.args ?? {}))).toBe(true);
    }),
  );
});

it('what is oldest is forgotten where the memory would become long', () => {
  const long = 'x'.repeat(20_000);
  const sent = [3, 2, 1].map((receipt) => ({ to: '/a', method: 'm', args: [long], gas: '', receipt }));
  let signal = emptySignal;
  for (const method of ['first', 'second', 'third', 'first'])
    signal = withText({ ...signal, method }, `"${long}"`);
  const back = plainToMemory(memoryToPlain({ signal, sent }));
  expect(back.sent.map(({ receipt }) => receipt)).toEqual([3, 2]);
  expect([...back.signal.textByMethod.keys()]).toEqual(['third', 'first']);
});

it('what is no memory is an empty composer', () => {
  for (const plain of [undefined, null, 3, {}, { to: '/a', drafts: [['m', [{ kind: 'odd' }]]] }])
    expect(plainToMemory(plain)).toEqual({ signal: emptySignal, sent: [] });
});
