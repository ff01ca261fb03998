/** Takes the pictures of the documentation from the running product: `npm run pictures`. */
import { type Locator, type Page, expect } from '@playwright/test';
import { test } from '../e2e/studio';
import { inspect, message, openWindow, sendSignal, showPanel, squiggles, typeAtEnd } from '../e2e/window';

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
