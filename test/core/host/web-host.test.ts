import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../../../core/host/clock';
import { type WebHost, startWebHost } from '../../../core/host/web-host';
import { type SocketCarrier, webSocketPort } from '../../../core/studio/rpc/carriers';
import { createClient } from '../../../core/studio/rpc/client';
import { echoProtocol, serveEcho } from '../studio/rpc/echo';
import { temporaryFolder } from './temporary';

async function startHost(): Promise<
  WebHost & { readonly at: URL; readonly token: string; readonly bugs: unknown[] }
> {
  const outside = temporaryFolder({ 'secret.txt': 'secret' });
  const rendererFolder = temporaryFolder({
    'index.html': '<p>window</p>',
    'assets/a-1.js': 'run()',
    'icon.svg': '<svg/>',
  });
  symlinkSync(join(outside, 'secret.txt'), join(rendererFolder, 'link.txt'));
  const bugs: unknown[] = [];
  const host = await startWebHost({
    port: 0,
    rendererFolder,
    serve: (port) => void serveEcho(port, (error) => bugs.push(error)),
  });
  if (!host.ok) throw new Error(host.error.message);
  onTestFinished(() => host.value.close());
  const at = new URL(host.value.url);
  return { ...host.value, at, token: at.searchParams.get('token') ?? '', bugs };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Sends the path as it is: `fetch` would mend what is wrong with it. */
async function get(
  at: URL,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Answer> {
  const sent = request({ host: at.hostname, port: at.port, path, headers, method, agent: false });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() };
}

/** The status that a socket is refused with; 101 when it is opened. */
async function openSocket(at: URL, path: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const socket = new WebSocket(`ws://${at.host}${path}`, { headers });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
    socket.once('error', () => resolve(0));
  });
}

test('the token opens the page, under a policy that lets nothing else in', async () => {
  const { at, token } = await startHost();
  const page = await get(at, `/?token=${token}`);
  expect(page).toMatchObject({ status: 200, body: '<p>window</p>' });
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect(page.headers['content-security-policy']).toMatch(
    /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/,
  );
  expect(page.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);

  const cookie = page.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
  expect(await get(at, '/assets/a-1.js', { cookie })).toMatchObject({
    status: 200,
    body: 'run()',
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    },
  });
  expect(await get(at, '/icon.svg', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' });
  expect(await get(at, '/', { cookie }, 'POST')).toMatchObject({ status: 405 });
});

test.each([
  ['no token', '/', {}],
  ['a wrong token', '/?token=wrong', {}],
  ['an empty token', '/?token=', {}],
  ['what is no address', '//', {}],
  ['a host in place of a path', '//a:99999999/', {}],
  ['a wrong cookie', '/', { cookie: 'kernelscope-0=wrong' }],
  ['another host', '/?token=TOKEN', { host: 'evil.example' }],
  ['another port of this host', '/?token=TOKEN', { host: '127.0.0.1:1' }],
  ['another origin', '/?token=TOKEN', { origin: 'http://evil.example' }],
  ['no origin that can be named', '/?token=TOKEN', { origin: 'null' }],
])('refuses with words: %s', async (_what, path, headers) => {
  const { at, token } = await startHost();
  const answer = await get(at, path.replace('TOKEN', token), headers);
  expect(answer.status).toBe(403);
  expect(answer.body).toMatch(/\w/);
  expect(answer.body).not.toContain(token);
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test.each([
  '/../package.json',
  '/%2e%2e/package.json',
  '/..%2fsecret.txt',
  '/assets/../../secret.txt',
  '//etc/passwd',
  '/link.txt',
  '/assets',
  '/%00',
  '/%',
  '/none.js',
])('serves no file but its own: %s', async (path) => {
  const { at, token } = await startHost();
  expect(await get(at, `${path}?token=${token}`)).toMatchObject({
    status: 404,
    body: 'There is no such file.\n',
  });
});

test('a socket needs the token, our origin and our host', async () => {
  const { at, token } = await startHost();
  const rpc = `/rpc?token=${token}`;
  expect(await openSocket(at, rpc, { origin: at.origin })).toBe(101);
  expect(await openSocket(at, rpc, {})).toBe(403);
  expect(await openSocket(at, '/rpc', { origin: at.origin })).toBe(403);
  expect(await openSocket(at, '/rpc?token=wrong', { origin: at.origin })).toBe(403);
  expect(await openSocket(at, rpc, { origin: 'http://evil.example' })).toBe(403);
  expect(await openSocket(at, rpc, { origin: at.origin, host: 'evil.example' })).toBe(403);
  expect(await openSocket(at, `/other?token=${token}`, { origin: at.origin })).toBe(404);
});

test.each([
  ['text', 'hello'],
  ['bytes that are no CBOR', Uint8Array.of(0xff, 0xff)],
  ['half a message', Uint8Array.of(0x82, 0x01)],
  ['a map of the same key twice', Uint8Array.of(0xa2, 0x01, 0x01, 0x01, 0x02)],
])('a socket that sends %s is closed, and the others go on', async (_what, frame) => {
  const { at, token } = await startHost();
  const headers = { origin: at.origin };
  const good = new WebSocket(`ws://${at.host}/rpc?token=${token}`, { headers });
  const client = createClient(echoProtocol, webSocketPort(good as unknown as SocketCarrier), systemClock);
  const bad = new WebSocket(`ws://${at.host}/rpc?token=${token}`, { headers });
  await once(bad, 'open');
  bad.send(frame);
  const [code] = (await once(bad, 'close')) as [number];
  expect(code).toBe(1003);
  expect(await client.call('echo', { value: 1 })).toMatchObject({ ok: true });
  client.dispose();
});

test('listens on this machine alone', async () => {
  const { at } = await startHost();
  expect(at.hostname).toBe('127.0.0.1');
});

test('a taken port is named, with what to do', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(
    await startWebHost({ port, rendererFolder: temporaryFolder(), serve: () => undefined }),
  ).toStrictEqual({
    ok: false,
    error: {
      code: 'port-taken',
      message: `port ${port} is taken by another program`,
      remedy: 'choose another with --port, or leave it out for one that is free',
    },
  });
});
