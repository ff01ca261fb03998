import { expect, it } from 'vitest';
import { listKeyToIndex } from '../../../renderer/lists/list-keys';

const press = (key: string, active: number | null, ctrlKey = false) =>
  listKeyToIndex({ key, altKey: false, ctrlKey, metaKey: false }, { active, count: 100, pageRows: 10 });

it('keys move within the list and no further', () => {
  expect(press('ArrowDown', null)).toBe(0);
  expect(press('ArrowDown', 99)).toBe(99);
  expect(press('ArrowUp', 0)).toBe(0);
  expect(press('PageDown', 95)).toBe(99);
  expect(press('PageUp', 50)).toBe(40);
  expect(press('Home', 50)).toBe(0);
  expect(press('End', 50)).toBe(99);
});

it('other keys are left to others', () => {
  expect(press('a', 50)).toBeNull();
  expect(press('ArrowDown', 50, true)).toBeNull();
});
