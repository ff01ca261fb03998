/** Stepping through messages of the past, on and back, by keys alone. */
import { type Locator, type Page, expect } from '@playwright/test';
import { test } from './studio';
import { message, openWindow, sendSignal } from './window';

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
      await expect(stands(page)).toContainText('contracts/bank.ts:11');
    });

    await test.step('over and out, and the same way back', async () => {
      await keyboard.press('F8');
      await expect(stands(page)).toContainText('contracts/bank.ts:12');
      const second = await instruction(page).textContent();
      await keyboard.press('F8');
      await expect(stands(page)).toContainText('contracts/bank.ts:13');
      await keyboard.press('F8');
      await expect(stands(page)).toContainText('contracts/bank.ts:14');
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
      await keyboard.type(':16');
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
      await expect(page.getByText('No message is stepped through')).toBeVisible();
    });
  });
});
