/** The window against what happens to it: reloads, dropped connections, other programs, themes. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './studio';
import { editorLines, message, messages, openWindow, save, sendSignal, showPanel, typeAtEnd } from './window';

test('a reload keeps what was typed and not saved', async ({ studio, page }) => {
  await openWindow(page, studio.host.url);
  await typeAtEnd(page, '\n// not saved yet');
  await expect(page.getByRole('button', { name: 'Close counter.ts, not saved' })).toBeVisible();
  await expect.poll(() => draftsIn(studio.folder)).toContain('not saved yet');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Close counter.ts, not saved' })).toBeVisible();
  await expect(editorLines(page).filter({ hasText: 'not saved yet' })).toBeVisible();
  expect(readFileSync(join(studio.folder, 'contracts/counter.ts'), 'utf8')).not.toContain('not saved yet');
});

/** All unsaved texts that the host keeps for the workspace, one after the other. */
function draftsIn(workspace: string): string {
  const folder = join(workspace, '.kernelscope/drafts');
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

test('a dropped connection is made again, and nothing is lost', async ({ studio, page }) => {
  let drop = (): void => {};
  await page.routeWebSocket(/\/rpc/, (socket) => {
    const server = socket.connectToServer();
    drop = () => {
      void socket.close();
      void server.close();
    };
  });
  await openWindow(page, studio.host.url);
  await sendSignal(page, { to: '/counter', method: 'increment', fields: { by: '1' } });
  await typeAtEnd(page, '\n// typed');
  drop();
  await typeAtEnd(page, ' meanwhile');
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('connected');
  await save(page);
  await expect
    .poll(() => readFileSync(join(studio.folder, 'contracts/counter.ts'), 'utf8'))
    .toContain('// typed meanwhile');
  await sendSignal(page, { to: '/counter', method: 'increment', fields: { by: '1' } });
  await expect(messages(page).filter({ hasText: 'increment(by: 1)' })).toHaveCount(2);
});

test('files that other programs change are noticed', async ({ studio, page }) => {
  await openWindow(page, studio.host.url);
  writeFileSync(join(studio.folder, 'contracts/added.wat'), '(module)');
  await expect(
    page.getByRole('tree', { name: 'Files' }).getByRole('treeitem', { name: 'added.wat' }),
  ).toBeVisible();
  const file = join(studio.folder, 'contracts/counter.ts');
  writeFileSync(file, `// changed outside\n${readFileSync(file, 'utf8')}`);
  await expect(editorLines(page).filter({ hasText: 'changed outside' })).toBeVisible();
});

test('there is a dark and a light theme, and the choice is remembered', async ({ studio, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openWindow(page, studio.host.url);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await expect(page.getByRole('button', { name: 'Use the light theme' })).toBeVisible();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Use the light theme' })).toBeVisible();
  await expect.poll(background).toBe(dark);
});

test('no page breaks the content security policy or logs an error', async ({ studio, page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await openWindow(page, studio.host.url);
  for (const name of ['Kernels', 'Problems', 'Timeline', 'Signal', 'State', 'Inspector']) {
    await showPanel(page, name);
    await expect(page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
  }
  expect(complaints).toEqual([]);
});

test.describe('bank', () => {
  test.use({ template: 'bank' });

  test('one signal, the messages that follow, and what each was caused by', async ({ studio, page }) => {
    await openWindow(page, studio.host.url);
    await sendSignal(page, {
      to: '/bank',
      method: 'transfer',
      fields: { from: 'alice', to: 'bob', amount: '30' },
    });
    await expect(message(page, '/bank → /bank/alice withdraw(amount: 30) ok')).toBeVisible();
    await message(page, '/bank → /bank/bob deposit(amount: 30) ok').click();
    await page.getByRole('button', { name: 'Go to cause' }).click();
    await expect(message(page, 'signal → /bank transfer')).toHaveAttribute('aria-selected', 'true');
  });
});
