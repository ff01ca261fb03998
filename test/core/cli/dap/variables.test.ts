import { expect, test } from 'vitest';
import { showVariable } from '../../../../core/cli/dap/variables';
import { type Datum, integer } from '../../../../core/debugger/expression/datum';

test('any part of a long list is read when it is opened, each element with an expression of its own', () => {
  const item = (place: number): Datum => integer(place * 2, 'u32');
  const list: Datum = { type: 'list', value: [0n, 2n, 4n], elements: { length: 70_000, type: 'u32', item } };
  const shown = showVariable('many', list, 'many');
  expect(shown).toMatchObject({ name: 'many', value: '[0, 2, 4, … 69997 more]' });
  expect(shown.inside).toMatchObject({ indexed: true, total: 70_000 });
  expect(shown.inside?.page(69_999, 5)).toEqual([
    { name: '69999', value: '139998', type: 'u32', evaluateName: 'many[69999]' },
  ]);
});

test('fields of an object open one into the other, as far as one goes', () => {
  const fields = { names: ['left', 'next'], typeOf: (name: string) => (name === 'left' ? 'i32' : 'Pair') };
  const pair: Datum = {
    type: 'map',
    value: { left: 5n, next: 1024n },
    fields: { ...fields, item: (name) => (name === 'left' ? integer(5, 'i32') : pair) },
  };
  const { inside } = showVariable('pair', pair, 'pair');
  const [left, next] = inside?.page(0, 9) ?? [];
  expect(left).toEqual({ name: 'left', value: '5', type: 'i32', evaluateName: 'pair["left"]' });
  expect(next).toMatchObject({ name: 'next', value: '{left: 5, next: 1024}', type: 'Pair' });
  expect(next?.inside?.page(0, 1)).toMatchObject([{ evaluateName: 'pair["next"]["left"]', value: '5' }]);
});
