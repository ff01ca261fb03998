import { expect, it } from 'vitest';
import { toSentence } from '../../../renderer/ui/sentence';

it('faults read as sentences, but names and paths stay as they are', () => {
  expect(toSentence('choose another name')).toBe('Choose another name.');
  expect(toSentence('contracts/a.ts is not there')).toBe('contracts/a.ts is not there.');
  expect(toSentence('big.txt has 5 bytes.')).toBe('big.txt has 5 bytes.');
  expect(toSentence('Done!')).toBe('Done!');
});
