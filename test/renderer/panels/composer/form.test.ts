import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../../core/base/result';
import type { WireInterface, WireValue } from '../../../../core/studio/protocol/wire';
import type { KernelRow } from '../../../../core/studio/protocol/world';
import { addressProblem, completionOf } from '../../../../renderer/panels/composer/address-text';
import {
  type DraftItem,
  emptyDraft,
  withItemAdded,
  withItemMoved,
} from '../../../../renderer/panels/composer/draft';
import { completeAddress } from '../../../../renderer/panels/composer/complete-address';
import { faultPlace } from '../../../../renderer/panels/composer/fault-place';
import { type Place, draftToValue } from '../../../../renderer/panels/composer/draft-to-value';
import {
  type Method,
  argsToDrafts,
  draftsToArgs,
  emptyDrafts,
  methodForm,
  parseArgs,
} from '../../../../renderer/panels/composer/method-form';
import { parseFloatText, parseInteger } from '../../../../renderer/panels/composer/scalar-text';
import { readRecords, readType } from '../../../../renderer/panels/composer/type';
import { valueToDraft } from '../../../../renderer/panels/composer/value-to-draft';
import { narrowInteger } from '../../../../renderer/ui/values/parse-value';
import { valuesEqual } from '../../../../renderer/ui/values/value-kind';
import { wireValues } from '../../ui/values/arbitrary';

const transfer: Method = {
  name: 'transfer',
  params: [
    { name: 'from', type: 'string' },
    { name: 'amount', type: 'u64' },
    { name: 'notes', type: 'list<note>' },
  ],
  result: 'bool',
};

const bank: WireInterface = {
  kernelscope: 1,
  methods: [transfer],
  records: [
    {
      name: 'note',
      fields: [
        { name: 'text', type: 'string' },
        { name: 'score', type: 's8' },
        { name: 'about', type: 'option<note>' },
      ],
    },
  ],
};

const records = readRecords(bank);
const root: Place = { path: 'arg', records, depth: 0 };

/** A type as text, and values of it. */
interface Typed {
  readonly text: string;
  readonly values: fc.Arbitrary<WireValue>;
}

const integerOf = (bits: number, signed: boolean): Typed => {
  const min = signed ? -(2n ** BigInt(bits - 1)) : 0n;
  const max = signed ? 2n ** BigInt(bits - 1) - 1n : 2n ** BigInt(bits) - 1n;
  return {
    text: `${signed ? 's' : 'u'}${bits}`,
    values: fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(min, max)).map(narrowInteger),
  };
};

const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });
const float64 = fc.double({ noNaN: true, noDefaultInfinity: true });

const notes: fc.Arbitrary<WireValue> = fc.letrec<{ note: WireValue }>((tie) => ({
  note: fc
    .record({
      text: fc.string({ unit: 'binary' }),
      score: fc.integer({ min: -128, max: 127 }),
      about: fc.option(tie('note'), { maxDepth: 3 }),
    })
    .map((note): WireValue => note),
})).note;

const scalarTypes: fc.Arbitrary<Typed> = fc.oneof(
  fc
    .tuple(fc.constantFrom(8, 16, 32, 64, 128, 256), fc.boolean())
    .map(([bits, signed]) => integerOf(bits, signed)),
  fc.constantFrom<Typed>(
    { text: 'f32', values: float32 },
    { text: 'f64', values: float64 },
    { text: 'bool', values: fc.boolean() },
    { text: 'string', values: fc.string({ unit: 'binary' }) },
    { text: 'bytes', values: fc.uint8Array({ maxLength: 40 }) },
    { text: 'list<u8>', values: fc.uint8Array({ maxLength: 40 }) },
    { text: 'note', values: notes },
    { text: 'value', values: wireValues },
    { text: 'a type of later', values: wireValues },
  ),
);

const types: fc.Arbitrary<Typed> = fc.letrec<{ type: Typed }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    scalarTypes,
    tie('type')
      .filter(({ text }) => text !== 'u8')
      .map(({ text, values }) => ({ text: `list<${text}>`, values: fc.array(values, { maxLength: 4 }) })),
    tie('type').map(({ text, values }) => ({ text: `option<${text}>`, values: fc.option(values) })),
    fc.tuple(tie('type'), tie('type')).map(([good, bad]) => ({
      text: `result<${good.text}, ${bad.text}>`,
      values: fc.oneof(
        good.values.map((value) => ({ ok: value })),
        bad.values.map((value) => ({ err: value })),
      ),
    })),
  ),
})).type;

const typedValues = types.chain(({ text, values }) => values.map((value) => ({ text, value })));

describe('fields', () => {
  it('stand for any value of any type, and give it back', () => {
    fc.assert(
      fc.property(typedValues, ({ text, value }) => {
        const type = readType(text, records);
        const draft = valueToDraft(value, type, records);
        expect(draft).toBeDefined();
        const read = draft && draftToValue(draft, type, root);
        expect(read?.ok && valuesEqual(read.value, value)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('never take a value of another type for their own', () => {
    fc.assert(
      fc.property(types, wireValues, ({ text }, value) => {
        const type = readType(text, records);
        const draft = valueToDraft(value, type, records);
        if (draft === undefined) return;
        const read = draftToValue(draft, type, root);
        expect(read.ok && valuesEqual(read.value, value)).toBe(true);
      }),
    );
  });

  it('are a value or faults when they are empty, at any type', () => {
    fc.assert(
      fc.property(types, ({ text }) => {
        const type = readType(text, records);
        const read = draftToValue(emptyDraft(type, records), type, root);
        if (!read.ok) expect([...read.error.keys()].every((path) => path.startsWith('arg'))).toBe(true);
      }),
    );
  });

  it('name each fault by the path of its field', () => {
    const form = methodForm(transfer, bank);
    const drafts = argsToDrafts(form, ['alice', 3, [{ text: 'hi', score: 1, about: null }]]);
    expect(draftsToArgs(form, drafts)).toEqual({
      ok: true,
      value: ['alice', 3, [{ text: 'hi', score: 1, about: null }]],
    });

    const note = {
      kind: 'fields',
      fields: [
        { kind: 'text', text: '' },
        { kind: 'text', text: '200' },
      ],
    } as const;
    const wrong = draftsToArgs(form, [
      { kind: 'text', text: 'alice' },
      { kind: 'text', text: '-1' },
      { kind: 'items', items: [{ id: 0, draft: note }] },
    ]);
    expect(wrong.ok ? [] : [...wrong.error].map(([path, { message }]) => [path, message])).toEqual([
      ['amount', 'does not fit into u64'],
      ['notes[0].score', 'does not fit into s8'],
    ]);
    expect(draftsToArgs(form, emptyDrafts(form))).toMatchObject({ ok: false });
  });

  it('keep items themselves when others come, go and move', () => {
    const draft = { kind: 'bool', on: true } as const;
    const three = [0, 1, 2].reduce<readonly DraftItem[]>((items) => withItemAdded(items, draft), []);
    expect(three.map(({ id }) => id)).toEqual([0, 1, 2]);
    expect(withItemMoved(three, 0, 2).map(({ id }) => id)).toEqual([1, 2, 0]);
    expect(withItemMoved(three, 2, 9).map(({ id }) => id)).toEqual([0, 1, 2]);
    expect(withItemAdded(three.slice(1), draft).map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});

describe('scalar fields', () => {
  it.each([
    ['18446744073709551615', 2n ** 64n - 1n],
    ['1_000', 1000],
    ['0xff', 255],
    ['0b101', 5],
    [' 7 ', 7],
    ['-0', 0],
  ])('read %s as an integer', (text, value) => {
    expect(parseInteger(text, { signed: false, bits: 64 })).toEqual({ ok: true, value });
  });

  it.each([
    ['18446744073709551616', 'does not fit into u64'],
    ['-1', 'does not fit into u64'],
    ['', 'a number is missing'],
    ['1.5', '"1.5" is not an integer'],
    ['ten', '"ten" is not an integer'],
  ])('refuse %j as an integer', (text, message) => {
    expect(parseInteger(text, { signed: false, bits: 64 })).toMatchObject({ error: { message } });
  });

  it.each([
    ['', 'a number is missing'],
    ['NaN', "NaN can't be sent"],
    ['1e39', 'does not fit into f32'],
    ['1,5', '"1,5" is not a number'],
  ])('refuse %j as a float', (text, message) => {
    expect(parseFloatText(text, 32)).toMatchObject({ error: { message } });
  });
});

describe('types of an interface', () => {
  it('reads what is nested', () => {
    expect(readType('list<option<list<u8>>>', records)).toEqual({
      kind: 'list',
      of: { kind: 'option', of: { kind: 'bytes' } },
    });
    expect(readType('result<_, string>', records)).toEqual({
      kind: 'result',
      ok: null,
      err: { kind: 'string' },
    });
    expect(readType('result<note>', records)).toMatchObject({ kind: 'result', err: null });
  });

  it.each([
    '',
    'list<>',
    'list<u8',
    'list<u8,u8>',
    'option<nobody>',
    'u0',
    'result<a,b,c>',
    `${'list<'.repeat(99)}u8`,
  ])('takes %j for any value, and says so', (text) => {
    expect(readType(text, records)).toMatchObject({
      kind: 'value',
      note: expect.stringContaining('any value'),
    });
  });

  it('survives a record that holds itself', () => {
    const lying = readRecords({
      kernelscope: 1,
      methods: [],
      records: [{ name: 'a', fields: [{ name: 'a', type: 'a' }] }],
    });
    const type = readType('a', lying);
    const draft = emptyDraft(type, lying);
    expect(draftToValue(draft, type, { path: '', records: lying, depth: 0 })).toMatchObject({ ok: false });
  });
});

describe('arguments as one text', () => {
  it('are a list, a map, or nothing', () => {
    expect(parseArgs('')).toEqual({ ok: true, value: [] });
    expect(parseArgs('[1, 0xff]')).toEqual({ ok: true, value: [1, Uint8Array.of(255)] });
    expect(parseArgs('{ amount: 3 }')).toEqual({ ok: true, value: { amount: 3 } });
  });

  it('say what is wrong', () => {
    const wrong = [parseArgs('3'), parseArgs('[1')].map((read) =>
      read.ok ? '' : read.error.get('')?.message,
    );
    expect(wrong).toEqual([
      'arguments are a list or a map',
      'line 1, column 3: the list goes on here without a comma, or its ] is missing',
    ]);
  });
});

describe('faults of the host', () => {
  it.each([
    ['no-kernel', 'there is no kernel /b', { kind: 'address' }],
    ['no-method', 'no method pay; the contract has transfer', { kind: 'method' }],
    ['wrong-arguments', 'pay: amount: expected u64, got "x"', { kind: 'field', path: 'amount' }],
    ['wrong-arguments', 'pay: note.text: expected string, got 5', { kind: 'field', path: 'note.text' }],
    ['wrong-arguments', 'pay: it takes (amount: u64), and was given 2 arguments', { kind: 'form' }],
    ['world-failed', 'the world ended', { kind: 'form' }],
  ])('%s: %s', (code, message, place) => {
    expect(faultPlace({ code, message }, ['amount', 'note'])).toEqual(place);
  });
});

const kernelRow = (address: string, name: string): KernelRow => ({
  address,
  name,
  codeName: null,
  code: null,
  childCount: 0,
});

describe('addresses', () => {
  it.each(['/', '/bank', '/bank/alice.2'])('takes %s', (text) => {
    expect(addressProblem(text)).toBeNull();
  });

  it.each(['', 'bank', '/bank/', '//', '/a b', '/..', `/${'x'.repeat(65)}`])(
    'refuses %j with words',
    (text) => {
      expect(addressProblem(text)).toMatch(/name|address/);
    },
  );

  it('are completed from the middle of many children, without reading them all', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `user-${String(index).padStart(4, '0')}`);
    let asked = 0;
    const found = await completeAddress('/bank/user-31', (parent, start, count) => {
      asked++;
      const rows = names.slice(start, start + count).map((name) => kernelRow(`${parent}/${name}`, name));
      return Promise.resolve(ok({ start, total: names.length, rows }));
    });
    expect(found.ok && found.value.map(({ address }) => address).slice(0, 2)).toEqual([
      '/bank/user-3100',
      '/bank/user-3101',
    ]);
    expect(asked).toBeLessThan(20);
  });

  it('are completed from the children of what stands before the last name', () => {
    expect(completionOf('/ba')).toEqual({ parent: '/', start: 'ba' });
    expect(completionOf('/bank/')).toEqual({ parent: '/bank', start: '' });
    expect(completionOf('')).toEqual({ parent: '/', start: '' });
  });
});
