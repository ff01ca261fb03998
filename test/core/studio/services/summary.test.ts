import { expect, test } from 'vitest';
import { argumentsToSummary } from '../../../../core/studio/services/summary';

test('arguments in one line: names when there are any, texts in quotes, bytes as hex, links as their CID', () => {
  expect(
    argumentsToSummary([
      { name: 'from', value: 'alice' },
      { name: 'amount', value: 2n ** 60n },
      { name: 'data', value: Uint8Array.of(1, 255) },
      { name: 'note', value: { a: [1, null, true], b: { '/': 'bafy' } } },
    ]),
  ).toBe('from: "alice", amount: 1152921504606846976, data: 0x01ff, note: { a: [1, null, true], b: bafy }');
  expect(
    argumentsToSummary([
      { name: '0', value: 1 },
      { name: '1', value: 'x' },
    ]),
  ).toBe('1, "x"');
  expect(argumentsToSummary([])).toBe('');
});

test('is never long, however large its values are', () => {
  const large = argumentsToSummary([
    { name: 'text', value: 'x'.repeat(1_000_000) },
    { name: 'list', value: Array.from({ length: 100_000 }, () => 'y') },
  ]);
  expect(large).toHaveLength(120);
  expect(large.endsWith('…')).toBe(true);
});
