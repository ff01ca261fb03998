import { expect, it } from 'vitest';
import { keysToText } from '../../../renderer/ui/keys';

it('keys read as they are printed on the keyboard', () => {
  expect(keysToText('$mod+Shift+P', false)).toBe('Ctrl+Shift+P');
  expect(keysToText('$mod+Shift+P', true)).toBe('⌘⇧P');
  expect(keysToText('Alt+KeyW', false)).toBe('Alt+W');
  expect(keysToText('$mod+K ArrowUp', false)).toBe('Ctrl+K ↑');
});
