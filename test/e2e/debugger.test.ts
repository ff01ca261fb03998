/** Stepping through messages of the past, on and back, by keys alone. */
import { type Locator, type Page, expect } from '@playwright/test';
import { test } from './studio';
import { message, openWindow, sendSignal, showPanel } from './window';

const stands = (page: Page): Locator => page.getByRole('group', { name: 'Where it stands' });
const instruction = (page: Page): Locator => stands(page).getByLabel('Instruction');

test.describe('bank', () => {
  test.use({ template: 'bank' });

  test('a whole session by keys alone', async ({ studio, page }) => {
    await openWindow(page, studio.host.url);
    await sendSignal(page, {
      to: '/bank',
      method: 'transfer',
      fields: { from: 'alice', to: 'bob', amount: '30' },
    });
    await expect(message(page, '/bank → /bank/bob deposit(amount: 30) ok')).toBeVisible();
    const { keyboard } = page;

    await test.step('the message is chosen and opened at its first line', async () => {
      await keyboard.press('ControlOrMeta+Shift+L');
      await expect(page.getByRole('listbox', { name: 'Messages' })).toBeFocused();
      await keyboard.press('End');
      await expect(message(page, '/bank → /bank/bob deposit')).toHaveAttribute('aria-selected', 'true');
      await keyboard.press('ArrowLeft');
      await expect(message(page, 'signal → /bank transfer')).toHaveAttribute('aria-selected', 'true');
      await keyboard.press('ControlOrMeta+F7');
      await expect(stands(page)).toContainText('contracts/bank.ts:12');
      const values = page.getByRole('tree', { name: 'Values' });
      await expect(values.getByRole('treeitem', { name: /^from.*alice.*string/ })).toBeVisible();
      await expect(values.getByRole('treeitem', { name: /^amount.*30.*u64/ })).toBeVisible();
      await expect(values.getByRole('treeitem', { name: 'Other locals' })).toHaveAttribute(
        'aria-expanded',
        'false',
      );
      await expect(page.locator('.monaco-editor')).toContainText('to = "bob", amount = 30');
    });

    await test.step('over and out, and the same way back', async () => {
      await keyboard.press('F8');
      await expect(stands(page)).toContainText('contracts/bank.ts:13');
      const second = await instruction(page).textContent();
      await keyboard.press('F8');
      await expect(stands(page)).toContainText('contracts/bank.ts:14');
      await keyboard.press('F8');
      await expect(stands(page)).toContainText('contracts/bank.ts:15');
      await keyboard.press('Shift+F8');
      await keyboard.press('Shift+F8');
      await expect(instruction(page)).toHaveText(second ?? '');
      await keyboard.press('ControlOrMeta+F8');
      await expect(stands(page)).toContainText('it ended well');
      await keyboard.press('Shift+F8');
      await expect(stands(page)).toContainText('contracts/bank.ts:17');
    });

    await test.step('three steps at once, by instruction', async () => {
      const before = Number((await instruction(page).textContent())?.replaceAll(',', ''));
      await keyboard.press('ControlOrMeta+Shift+F9');
      await keyboard.press('3');
      await expect(page.getByRole('status', { name: 'Steps at once' })).toHaveText('× 3');
      await keyboard.press('F7');
      await expect(instruction(page)).toHaveText((before + 3).toLocaleString('en'));
      await keyboard.press('ControlOrMeta+Shift+F9');
    });

    await test.step('to a line, to a moment, to the end and back to the beginning', async () => {
      await keyboard.press('ControlOrMeta+i');
      await keyboard.type(':16#1');
      await keyboard.press('Enter');
      await expect(stands(page)).toContainText('contracts/bank.ts:16');
      await keyboard.press('F9');
      await expect(stands(page)).toContainText('it ended well');
      await keyboard.press('Shift+F9');
      await expect(stands(page)).toContainText('At the beginning');
      await expect(instruction(page)).toHaveText('0');
    });

    await test.step('closed, another message can be opened', async () => {
      await keyboard.press('ControlOrMeta+F2');
      await expect(stands(page)).toBeHidden();
    });
  });
});

test('a message of a hundred million instructions', async ({ studio, page }) => {
  await openWindow(page, studio.host.url);
  await showPanel(page, 'Signal');
  await page
    .getByRole('form', { name: 'Signal' })
    .getByRole('textbox', { name: 'Gas limit' })
    .fill('600000000');
  await sendSignal(page, { to: '/counter', method: 'spin' });
  const { keyboard } = page;
  await message(page, 'signal → /counter spin').click();

  await test.step('it is opened at once, and paused on its way', async () => {
    await keyboard.press('ControlOrMeta+F7');
    await expect(stands(page)).toContainText('contracts/counter.ts');
    await keyboard.press('F9');
    await expect(stands(page)).toContainText('Running');
    await keyboard.press('ControlOrMeta+F9');
    await expect(stands(page)).toContainText('Paused');
  });

  await test.step('any moment is gone to, and stepped back from', async () => {
    await keyboard.press('ControlOrMeta+i');
    await keyboard.type('100,000,000');
    await keyboard.press('Enter');
    await expect(instruction(page)).toHaveText('100,000,000');
    await keyboard.press('ControlOrMeta+Shift+F9');
    await keyboard.press('Shift+F7');
    await expect(instruction(page)).toHaveText('99,999,999');
    await keyboard.press('F7');
    await expect(instruction(page)).toHaveText('100,000,000');
  });

  await test.step('so is the instant before it ran out of gas', async () => {
    await keyboard.press('ControlOrMeta+F10');
    await expect(stands(page)).toContainText('Just before the trap: out of gas');
    await keyboard.press('ControlOrMeta+F2');
    await expect(stands(page)).toBeHidden();
  });
});
