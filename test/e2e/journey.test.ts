/** A person's way through the whole loop, in a real browser against the real web host. */
import { expect } from '@playwright/test';
import { test } from './studio';
import { inspect, messages, openWindow, save, sendSignal, showPanel, squiggles, typeAtEnd } from './window';

test('write, save, send, inspect; an endless loop; a crash of the host', async ({ studio, page }) => {
  await openWindow(page, studio.host.url);

  await test.step('a mistake is underlined, and listed with its place', async () => {
    await typeAtEnd(page, '\nexport function twice(n: u32): u32 {\n  return m * 2;\n}');
    await expect(squiggles(page)).not.toHaveCount(0);
    await showPanel(page, 'Problems');
    const problem = page.getByRole('region', { name: 'Problems' }).getByText(/Cannot find name 'm'/);
    await expect(problem).toBeVisible();
  });

  await test.step('mended, it is underlined no longer', async () => {
    await typeAtEnd(page, '');
    for (const key of ['ArrowUp', 'Home', ...'return '.split('').map(() => 'ArrowRight'), 'Delete']) {
      await page.keyboard.press(key);
    }
    await page.keyboard.insertText('n');
    await expect(squiggles(page)).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Problems: 0 errors' })).toBeVisible();
  });

  await test.step('saving binds the new code and says so', async () => {
    await save(page);
    await expect(page.getByRole('log', { name: 'Notices' })).toContainText('bound to /counter');
    await showPanel(page, 'Timeline');
    await expect(messages(page).filter({ hasText: 'kernel:bind' })).toHaveCount(1);
  });

  await test.step('a signal calls the new method', async () => {
    await sendSignal(page, { to: '/counter', method: 'twice', fields: { n: '21' } });
    await expect(await inspect(page, 'Outcome')).toContainText('42');
  });

  await test.step('each part of a message can be read', async () => {
    await sendSignal(page, { to: '/counter', method: 'increment', fields: { by: '5' } });
    await expect(messages(page).last()).toContainText('increment(by: 5)');
    const call = await inspect(page, 'Call');
    await expect(call).toContainText('signal from outside');
    await expect(call).toContainText('contracts/counter.ts');
    await expect((await inspect(page, 'Outcome')).getByRole('group', { name: 'Outcome' })).toContainText(
      'ok',
    );
    const imports = await inspect(page, 'Imports');
    await expect(imports).toContainText('state_get');
    await expect(imports).toContainText('state_set');
    await expect(await inspect(page, 'Environment')).toContainText('10,000,000');
    await expect((await inspect(page, 'Changes')).getByRole('region', { name: 'count added' })).toContainText(
      '5',
    );
    await expect(await inspect(page, 'Logs')).toContainText('counted to 5');
    await showPanel(page, 'State');
    await expect(page.getByRole('tree', { name: 'State' })).toContainText('count');
  });

  await test.step('an endless loop ends for want of gas, and the window stays usable', async () => {
    await sendSignal(page, { to: '/counter', method: 'spin' });
    const outcome = await inspect(page, 'Outcome');
    await expect(outcome).toContainText('trap: out of gas');
    await expect(outcome).toContainText('rolled back');
    await expect(outcome).toContainText('contracts/counter.ts:24');
    await sendSignal(page, { to: '/counter', method: 'value' });
    await expect(await inspect(page, 'Outcome')).toContainText('5');
  });

  await test.step('after kill -9 everything committed is there', async () => {
    const before = await messages(page).allTextContents();
    await studio.host.kill();
    await expect(page.getByText(/connection to the host was lost/)).toBeVisible();
    const host = await studio.start();
    await openWindow(page, host.url);
    await expect(messages(page)).toHaveCount(before.length);
    expect(await messages(page).allTextContents()).toEqual(before);
    await sendSignal(page, { to: '/counter', method: 'value' });
    await expect(await inspect(page, 'Outcome')).toContainText('5');
  });
});
