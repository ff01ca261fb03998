/** How long a person waits for the window, in a browser that has never seen it. */
import { chromium } from '@playwright/test';
import { findChromium } from '../chromium.mjs';
import { createWorkspace, startHost } from '../e2e/host';
import { type Row, median } from './row';

export async function windowRows(runs: number): Promise<readonly Row[]> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  const starts: number[] = [];
  const shells: number[] = [];
  const editors: number[] = [];
  try {
    for (let run = 0; run < runs; run++) {
      const workspace = createWorkspace('counter');
      const before = performance.now();
      const host = await startHost(workspace.folder);
      starts.push(performance.now() - before);
      try {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
        const page = await context.newPage();
        const opened = performance.now();
        await page.goto(host.url, { waitUntil: 'commit' });
        await page.getByRole('main').waitFor();
        shells.push(performance.now() - opened);
        await page.locator('.monaco-editor .view-line span').first().waitFor();
        editors.push(performance.now() - opened);
        await context.close();
      } finally {
        await host.kill();
        workspace.remove();
      }
    }
  } finally {
    await browser.close();
  }
  const row = (promise: string, times: readonly number[], goal: Row['goal']): Row => ({
    promise,
    ours: median(times),
    unit: 'ms',
    peer: null,
    goal,
  });
  return [
    row('web host, from command to URL', starts, null),
    row('cold start: shell painted', shells, { atMost: 800 }),
    row('cold start: editor with text', editors, { atMost: 1500 }),
  ];
}
