/** A message that a breakpoint holds back, while all other kernels go on. */
import { expect } from '@playwright/test';
import { test } from './studio';
import { askForSignal, inspect, message, openWindow, sendSignal, showPanel } from './window';

test.use({ template: 'bank' });

test('a payment is held: other kernels go on, it is told that its account refuses, and it is dropped', async ({
  studio,
  page,
}) => {
  await openWindow(page, studio.host.url);
  const { keyboard } = page;
  const stands = page.getByRole('group', { name: 'Where it stands' });
  const status = page.getByRole('contentinfo', { name: 'Status' });
  const notices = page.getByRole('log', { name: 'Notices' });

  await test.step('a message of one kernel to another is held', async () => {
    await showPanel(page, 'Breakpoints');
    const form = page.getByRole('form', { name: 'Breakpoint' });
    await form.getByRole('combobox', { name: 'Stop at' }).selectOption('a message');
    await form.getByRole('textbox', { name: 'Kernel' }).fill('/bank/bob');
    await form.getByRole('button', { name: 'Set' }).click();
    await expect(form.getByRole('button', { name: 'Change' })).toBeVisible();
    await sendSignal(page, {
      to: '/bank',
      method: 'transfer',
      fields: { from: 'alice', to: 'bob', amount: '30' },
    });
    await expect(stands).toContainText('held');
    await expect(stands).toContainText('Breakpoint: deposit of /bank/bob');
    await expect(stands).toContainText('contracts/account.ts:9');
    await expect(status).toContainText('holds deposit to /bank/bob');
  });

  await test.step('other kernels go on; what else is for the same one waits', async () => {
    await sendSignal(page, { to: '/bank/alice', method: 'deposit', fields: { amount: '5' } });
    await showPanel(page, 'Timeline');
    await expect(message(page, 'signal → /bank/alice deposit(amount: 5) ok')).toBeVisible();
    await askForSignal(page, { to: '/bank/bob', method: 'balance' });
    await expect(page.getByRole('form', { name: 'Signal' }).getByRole('status')).toContainText('on its way');
    await expect(message(page, '/bank/bob deposit')).toHaveCount(0);
  });

  await test.step('an import that it called refuses, by hand: it would end with a trap', async () => {
    await showPanel(page, 'Breakpoints');
    const form = page.getByRole('form', { name: 'Breakpoint' });
    await page.getByRole('button', { name: 'New breakpoint' }).click();
    await form.getByRole('combobox', { name: 'Stop at' }).selectOption('an import call');
    await form.getByRole('textbox', { name: 'Import', exact: true }).fill('kernel.state_set');
    await form.getByRole('button', { name: 'Set' }).click();
    await expect(form.getByRole('button', { name: 'Change' })).toBeVisible();
    await keyboard.press('F9');
    await expect(stands).toContainText('kernel.state_set');
    await page.getByRole('tab', { name: 'Imports', exact: true }).click();
    const calls = page.getByRole('listbox', { name: 'Import calls so far' });
    await calls
      .getByRole('option', { name: /state_get/ })
      .first()
      .click();
    await keyboard.press('a');
    await page
      .getByRole('combobox', { name: 'Answer' })
      .selectOption('a refusal: the message ends with a trap');
    await page.getByRole('textbox', { name: 'Words' }).fill('the account is closed');
    await keyboard.press('Enter');
    await expect(stands).toContainText('what if');
    await keyboard.press('F9');
    await expect(stands).toContainText('the account is closed');
  });

  await test.step('a branch goes on so; who waits keeps the one before', async () => {
    await page.getByRole('button', { name: '1 change by hand…' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('closed');
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'Work on it' }).click();
    await expect(notices).toContainText('Signals wait to be delivered');
  });

  await test.step('dropped, its session ends, and what waited is held in its turn', async () => {
    await stands.getByRole('button', { name: 'drop' }).click();
    await expect(notices).toContainText('ended: its message was taken out of its mailbox');
    await expect(status).toContainText('holds balance to /bank/bob');
    await showPanel(page, 'Timeline');
    await expect(message(page, 'signal → / world:drop')).toBeVisible();
    await stands.getByRole('button', { name: 'deliver' }).click();
    await expect(status).not.toContainText('holds');
  });

  await test.step('on another branch, stepping ends, and says so', async () => {
    await message(page, 'signal → /bank transfer').click();
    await keyboard.press('ControlOrMeta+F7');
    await expect(stands).toContainText('transfer');
    await status.getByRole('button', { name: 'Branch main' }).click();
    await page.getByRole('menuitem', { name: /closed/ }).click();
    await expect(notices).toContainText('ended: you work on another branch now');
    await showPanel(page, 'Timeline');
    await message(page, '/bank → /bank/bob deposit').click();
    const outcome = await inspect(page, 'Outcome');
    await expect(outcome).toContainText('the account is closed');
    await expect(outcome).toContainText('contracts/account.ts:5');
  });
});
