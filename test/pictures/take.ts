/** Takes the pictures of the documentation from the running product: `npm run pictures`. */
import { type Locator, type Page, expect } from '@playwright/test';
import { test } from '../e2e/studio';
import {
  askForSignal,
  inspect,
  message,
  openWindow,
  sendSignal,
  showPanel,
  squiggles,
  typeAtEnd,
} from '../e2e/window';

const folder = 'docs/images';

const picture = (page: Page | Locator, name: string): Promise<Buffer> =>
  page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });

const region = (page: Page, name: string): Locator =>
  page.getByRole('main').getByRole('region', { name }).first();

/** Room for a whole panel, and not much more. */
const size = {
  panel: { width: 1440, height: 760 },
  form: { width: 1440, height: 1280 },
  window: { width: 1680, height: 1000 },
};

test.describe('bank', () => {
  test.use({ template: 'bank' });

  test('a form', async ({ studio, page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize(size.form);
    await openWindow(page, studio.host.url);
    await sendSignal(page, {
      to: '/bank',
      method: 'pay',
      fields: { from: 'alice', to: 'bob', amount: '30' },
    });
    await picture(region(page, 'Signal'), 'composer');
  });

  test('a payment', async ({ studio, page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize(size.window);
    await openWindow(page, studio.host.url);
    await page.getByRole('treeitem', { name: 'bank.ts' }).dblclick();
    await sendSignal(page, {
      to: '/bank',
      method: 'transfer',
      fields: { from: 'alice', to: 'bob', amount: '30' },
    });
    await sendSignal(page, {
      to: '/bank',
      method: 'pay',
      fields: { from: 'alice', to: 'bob', amount: '12' },
    });
    await message(page, '/bank → /bank/audit record(amount: 12) ok').click();
    await message(page, '/bank → /bank/bob deposit(amount: 12) ok').click();
    await showPanel(page, 'Kernels');
    await expect(await inspect(page, 'Changes')).toContainText('42');
    await picture(page, 'window');
    await picture(region(page, 'Timeline'), 'timeline');
    await page.getByRole('button', { name: 'Use the light theme' }).click();
    await expect(page.getByRole('button', { name: 'Use the dark theme' })).toBeVisible();
    await inspect(page, 'Call');
    await picture(page, 'light');
    await page.getByRole('button', { name: 'Use the dark theme' }).click();
    await message(page, '/bank/alice → /bank withdrawn').click();
    const imports = await inspect(page, 'Imports');
    await imports.getByRole('option', { name: /send/ }).first().click();
    await picture(region(page, 'Inspector'), 'imports');
    await inspect(page, 'Environment');
    await picture(region(page, 'Inspector'), 'environment');
    await showPanel(page, 'State');
    await page.getByRole('treeitem', { name: /^paid/ }).click();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('treeitem', { name: /^0/ }).click();
    await picture(region(page, 'State'), 'state');
  });
});

test('a mistake, and a loop without an end', async ({ studio, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(size.panel);
  await openWindow(page, studio.host.url);
  await sendSignal(page, { to: '/counter', method: 'spin' });
  await expect(await inspect(page, 'Outcome')).toContainText('out of gas');
  await picture(region(page, 'Inspector'), 'out-of-gas');
  await typeAtEnd(page, '\nexport function twice(n: u32): u32 { return m * 2; }');
  await expect(squiggles(page)).not.toHaveCount(0);
  await showPanel(page, 'Problems');
  await picture(page, 'problems');
});

test.describe('debugger', () => {
  test.use({ template: 'bank' });

  test('a message that is stepped through', async ({ studio, page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize(size.window);
    await openWindow(page, studio.host.url);
    await sendSignal(page, {
      to: '/bank',
      method: 'pay',
      fields: { from: 'alice', to: 'bob', amount: '12' },
    });
    await message(page, '/bank/alice → /bank withdrawn').click();
    await page.keyboard.press('ControlOrMeta+F7');
    const stands = page.getByRole('group', { name: 'Where it stands' });
    await expect(stands).toBeVisible();
    await page.keyboard.press('ControlOrMeta+i');
    await page.keyboard.type(':35#1');
    await page.keyboard.press('Enter');
    await expect(stands).toContainText('contracts/bank.ts:35');
    await page.getByRole('textbox', { name: 'Watch an expression' }).fill('$state["open/0"]');
    await page.keyboard.press('Enter');
    const watch = page.getByRole('treeitem', { name: /^\$state/ });
    await watch.click();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('treeitem', { name: 'to: "bob"', exact: true })).toBeVisible();
    await picture(page, 'debugger');
    await picture(page.getByRole('slider', { name: 'Moment of the message' }), 'course');
    const section = async (name: string, key: string): Promise<void> => {
      await page.getByRole('treeitem', { name, exact: true }).click();
      await page.keyboard.press(key);
    };
    await section('Locals and parameters', 'ArrowLeft');
    await section('Globals', 'ArrowRight');
    await page.getByRole('treeitem', { name: /^~lib\/rt\/stub\/offset/ }).click();
    await page.keyboard.press('h');
    await expect(page.getByRole('img', { name: /^Changes of/ })).toBeVisible();
    await picture(region(page, 'Debugger'), 'past');
    await page.getByRole('tab', { name: 'Values', exact: true }).click();
    await section('Globals', 'ArrowLeft');
    await section('Locals and parameters', 'ArrowRight');
    await showPanel(page, 'Breakpoints');
    const form = page.getByRole('form', { name: 'Breakpoint' });
    for (const [file, line, log] of [
      ['contracts/bank.ts', '36', ''],
      ['contracts/bank.ts', '38', 'gas {$gas}'],
      ['contracts/none.ts', '40', ''],
    ] as const) {
      await form.getByRole('textbox', { name: 'File' }).fill(file);
      await form.getByRole('textbox', { name: 'Line' }).fill(line);
      await form.getByRole('textbox', { name: 'Only log' }).fill(log);
      await form.getByRole('button', { name: 'Set' }).click();
      await expect(form.getByRole('button', { name: 'Change' })).toBeVisible();
      await page.getByRole('button', { name: 'New breakpoint' }).click();
    }
    await picture(region(page, 'Breakpoints'), 'breakpoints');
    await page.keyboard.press('ControlOrMeta+F2');
    await sendSignal(page, { to: '/bank/alice', method: 'withdraw', fields: { amount: '3000' } });
    await showPanel(page, 'Timeline');
    await message(page, 'signal → /bank/alice withdraw').click();
    await page.keyboard.press('ControlOrMeta+F10');
    await expect(page.getByRole('group', { name: 'Trap' })).toBeVisible();
    await picture(region(page, 'Debugger'), 'trap');
    await page.getByRole('tab', { name: 'Values' }).click();
    await page.getByRole('treeitem', { name: /^amount/ }).click();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'New value' }).fill('7');
    await page.keyboard.press('Enter');
    await expect(stands).toContainText('what if');
    await picture(region(page, 'Debugger'), 'what-if');
  });

  test('a message that is held, and changed by hand', async ({ studio, page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize(size.window);
    await openWindow(page, studio.host.url);
    await showPanel(page, 'Breakpoints');
    const form = page.getByRole('form', { name: 'Breakpoint' });
    await form.getByRole('combobox', { name: 'Stop at' }).selectOption('an import call');
    await form.getByRole('textbox', { name: 'Import', exact: true }).fill('kernel.send');
    await form.getByRole('button', { name: 'Set' }).click();
    await expect(form.getByRole('button', { name: 'Change' })).toBeVisible();
    await askForSignal(page, {
      to: '/bank',
      method: 'transfer',
      fields: { from: 'alice', to: 'bob', amount: '30' },
    });
    const stands = page.getByRole('group', { name: 'Where it stands' });
    await expect(stands).toContainText('held');
    await sendSignal(page, { to: '/bank/alice', method: 'deposit', fields: { amount: '5' } });
    await showPanel(page, 'Timeline');
    await message(page, 'signal → /bank/alice deposit(amount: 5) ok').click();
    await picture(page, 'held');
    await page.getByRole('tab', { name: 'Memory', exact: true }).click();
    const grid = page.getByRole('grid', { name: 'Memory' });
    await grid.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('0a0b0c');
    await picture(region(page, 'Debugger'), 'typing');
    await page.keyboard.press('Enter');
    await expect(stands).toContainText('1 change by hand');
    await page.getByRole('tab', { name: 'Imports', exact: true }).click();
    await page.getByRole('listbox', { name: 'Import calls so far' }).getByRole('option').first().click();
    await page.keyboard.press('a');
    await page.getByRole('textbox', { name: 'Gives' }).fill('["alice", "bob", 3]');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '1 change by hand…' }).click();
    await picture(page.getByRole('dialog', { name: 'What would have been' }), 'changes-by-hand');
  });
});
