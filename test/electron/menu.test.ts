/** The native menu against the commands and keys of the window. */
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuTemplate } from '../../electron/menu';
import { allCommands } from '../../renderer/app/commands';

/** What the items of the window's own carry out, and the keys that they show. */
function carriedOut(): readonly { readonly name: string; readonly keys: string | undefined }[] {
  let asked = '';
  const template = menuTemplate('linux', (name) => (asked = name));
  const itemsOf = ({ submenu }: MenuItemConstructorOptions) => (Array.isArray(submenu) ? submenu : []);
  return template.flatMap(itemsOf).flatMap(({ click, accelerator }) => {
    if (click === undefined) return [];
    // Ours asks for nothing that a click comes with.
    Reflect.apply(click, null, []);
    return [{ name: asked, keys: accelerator ?? undefined }];
  });
}

const accelerator = (keys: string): string => keys.replace('$mod', 'CmdOrCtrl').replace('Slash', '/');

test('each item carries out a command of the window, and shows its keys', () => {
  const items = carriedOut();
  expect(items.length).toBeGreaterThan(30);
  for (const { name, keys } of items) {
    const command = allCommands.find(({ id }) => id === name);
    expect(command, name).toBeDefined();
    if (keys !== undefined) expect(keys, name).toBe(accelerator(command?.keys ?? ''));
  }
});

test('the menu has every command of the debugger', () => {
  const names = new Set(carriedOut().map(({ name }) => name));
  const ofDebugger = allCommands.filter(({ id }) => id.startsWith('debugger.'));
  expect(ofDebugger.filter(({ id }) => !names.has(id))).toStrictEqual([]);
  for (const { id, keys } of ofDebugger)
    expect(carriedOut().find(({ name }) => name === id)?.keys).toBe(keys && accelerator(keys));
});
