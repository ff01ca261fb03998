import { expect, it } from 'vitest';
import { timesAfterKey } from '../../../../renderer/panels/debugger/times-key';

const typed = (keys: readonly string[]): number | null =>
  keys.reduce<number | null>(
    (times, key) => timesAfterKey({ key, altKey: false, ctrlKey: false, metaKey: false }, times),
    null,
  );

it('reads digits as a count of steps, until Escape', () => {
  expect(typed(['1', '0'])).toBe(10);
  expect(typed(['0', '7', 'ArrowDown'])).toBe(7);
  expect(typed(['4', 'Escape'])).toBeNull();
  expect(typed(['0'])).toBeNull();
});
