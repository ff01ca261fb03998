/** A message that a breakpoint holds back, and what would have been, had its run been another. */
import { expect } from '@playwright/test';
import { test } from './studio';
import { askForSignal, inspect, message, openWindow, showPanel } from './window';

test('a message is held, delivered, and goes on as a branch with what was changed by hand', async ({
  studio,
  page,
}) => {
  await openWindow(page, studio.host.url);
  const { keyboard } = page;
  const stands = page.getByRole('group', { name: 'Where it stands' });
  const status = page.getByRole('contentinfo', { name: 'Status' });
  const tab = (name: string) =>
    page.getByRole('tablist', { name: 'At this stop' }).getByRole('tab', { name }).click();

  await test.step('a breakpoint holds a signal, and the window goes on', async () => {
    await showPanel(page, 'Breakpoints');
    const form = page.getByRole('form', { name: 'Breakpoint' });
    await form.getByRole('textbox', { name: 'File' }).fill('contracts/counter.ts');
    await form.getByRole('textbox', { name: 'Line' }).fill('6');
    await form.getByRole('button', { name: 'Set' }).click();
    await expect(form.getByRole('button', { name: 'Change' })).toBeVisible();
    await askForSignal(page, { to: '/counter', method: 'increment', fields: { by: '2' } });
    await expect(stands).toContainText('held');
    await expect(stands).toContainText('Breakpoint: contracts/counter.ts:6');
    await expect(status).toContainText('holds increment to /counter');
    await showPanel(page, 'Timeline');
    await expect(page.getByRole('listbox', { name: 'Messages' })).toBeVisible();
    await expect(message(page, 'signal → /counter increment')).toHaveCount(0);
  });

  await test.step('at its end it is delivered; the breakpoint is met backward, too', async () => {
    await keyboard.press('F9');
    await expect(stands).toContainText('it ended well');
    await expect(message(page, 'signal → /counter increment(by: 2) ok')).toBeVisible();
    await expect(status).not.toContainText('holds');
    await keyboard.press('Shift+F9');
    await expect(stands).toContainText('Breakpoint: contracts/counter.ts:6');
  });

  await test.step('bytes of the memory are typed over, and taken back', async () => {
    await tab('Memory');
    const first = page.getByRole('grid', { name: 'Memory' }).getByRole('gridcell').first();
    await expect(first).toHaveText('00');
    await first.dblclick();
    await keyboard.type('ff');
    await keyboard.press('Enter');
    await expect(stands).toContainText('1 change by hand');
    await expect(first).toHaveText('ff');
    await first.click();
    await keyboard.press('u');
    await expect(stands).not.toContainText('by hand…');
    await expect(first).toHaveText('00');
  });

  await test.step('an import is answered by hand', async () => {
    await tab('Imports');
    await page
      .getByRole('listbox', { name: 'Import calls so far' })
      .getByRole('option', { name: /state_get/ })
      .first()
      .click();
    await keyboard.press('a');
    await page.getByRole('textbox', { name: 'Gives' }).fill('40');
    await keyboard.press('Enter');
    await expect(stands).toContainText('what if');
  });

  await test.step('and a branch goes on from it', async () => {
    await page.getByRole('button', { name: '1 change by hand…' }).click();
    await expect(page.getByRole('list', { name: 'Changed by hand' })).toContainText(
      '1st call of kernel.state_get',
    );
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('richer');
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'Work on it' }).click();
    await expect(status).toContainText('richer');
    await message(page, 'signal → /counter increment(by: 2) ok').click();
    await expect(await inspect(page, 'Changes')).toContainText('42');
  });
});
