/** Who gets in, and who doesn't. */
import { createServer } from 'node:net';
import { expect } from '@playwright/test';
import { startHost } from './host';
import { test } from './studio';

test('a wrong token opens nothing and says what to do', async ({ studio, page }) => {
  const url = new URL(studio.host.url);
  url.searchParams.set('token', 'A'.repeat(43));
  const answer = await page.goto(url.href);
  expect(answer?.status()).toBe(403);
  await expect(page.getByText('open the address that was printed at the start')).toBeVisible();
});

test('another page of this machine gets neither the window nor a socket', async ({ studio, page }) => {
  const { origin, host, search } = new URL(studio.host.url);
  const other = await page.request.get(studio.host.url, { headers: { Origin: 'http://127.0.0.1:1' } });
  expect(other.status()).toBe(403);
  const rebound = await page.request.get(studio.host.url, { headers: { Host: 'example.com' } });
  expect(rebound.status()).toBe(403);
  await page.goto('about:blank');
  const opened = await page.evaluate(
    (address) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(address);
        socket.onopen = () => resolve(true);
        socket.onerror = () => resolve(false);
      }),
    `ws://${host}/rpc${search}`,
  );
  expect({ origin, opened }).toEqual({ origin, opened: false });
});

test('a second host on the workspace is refused and names the first', async ({ studio }) => {
  await expect(startHost(studio.folder)).rejects.toThrow(/already.*/s);
  await expect(startHost(studio.folder)).rejects.toThrow(new URL(studio.host.url).host);
});

test('a taken port is named, with what to do', async ({ studio }) => {
  const { folder } = studio;
  await studio.host.kill();
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(startHost(folder, '--port', String(port))).rejects.toThrow(
    new RegExp(`port ${port} is taken`),
  );
  server.close();
});
