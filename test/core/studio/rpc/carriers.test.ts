/** One suite over all that carries the protocol. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { socketPort } from '../../../../core/host/socket-port';
import type { WireValue } from '../../../../core/studio/protocol/wire';
import {
  type DomCarrier,
  type SocketCarrier,
  messagePort,
  webSocketPort,
  workerPort,
} from '../../../../core/studio/rpc/carriers';
import { type Client, createClient } from '../../../../core/studio/rpc/client';
import type { Port } from '../../../../core/studio/rpc/port';
import { echoProtocol, serveEcho } from './echo';
import { type FakeClock, createFakeClock } from './fake-clock';

const built = mkdtempSync(join(tmpdir(), 'echo-worker-'));

beforeAll(() =>
  build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve(import.meta.dirname, 'echo-worker.ts'),
      outDir: built,
      rollupOptions: { output: { entryFileNames: 'echo-worker.mjs' } },
    },
    ssr: { noExternal: true },
  }),
);

afterAll(() => rmSync(built, { recursive: true }));

/** Opens the calling end of a carrier whose other end is served. */
const carriers: Readonly<Record<string, () => Promise<Port>>> = {
  async 'message port'() {
    const { port1, port2 } = new MessageChannel();
    serveEcho(messagePort(port2 as unknown as DomCarrier), () => undefined);
    return messagePort(port1 as unknown as DomCarrier);
  },
  async worker() {
    const worker = new Worker(join(built, 'echo-worker.mjs'));
    return workerPort(worker, () => void worker.terminate());
  },
  async 'web socket'() {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    server.on('connection', (socket) => serveEcho(socketPort(socket), () => undefined));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server listens on a port');
    const socket = new WebSocket(`ws://127.0.0.1:${address.port}`);
    const port = webSocketPort(socket as unknown as SocketCarrier);
    port.onClose(() => server.close());
    return port;
  },
};

describe.each(Object.entries(carriers))('over a %s', (_name, open) => {
  async function within<T>(
    act: (parts: { client: Client<typeof echoProtocol>; port: Port; clock: FakeClock }) => Promise<T>,
  ): Promise<T> {
    const clock = createFakeClock();
    const port = await open();
    const client = createClient(echoProtocol, port, clock);
    try {
      return await act({ client, port, clock });
    } finally {
      client.dispose();
    }
  }

  test('values come back as they were', () =>
    within(({ client }) =>
      fc.assert(
        fc.asyncProperty(wireValues, async (value) => {
          expect(await client.call('echo', { value })).toStrictEqual({ ok: true, value: { value } });
        }),
        { numRuns: 50 },
      ),
    ));

  test('calls that run at once get each its own answer', () =>
    within(async ({ client }) => {
      const numbers = Array.from({ length: 200 }, (_, number) => number);
      const answers = await Promise.all(numbers.map((value) => client.call('echo', { value })));
      expect(answers).toStrictEqual(numbers.map((value) => ({ ok: true, value: { value } })));
    }));

  test('a fault comes back whole', () =>
    within(async ({ client }) => {
      expect(await client.call('fail', {})).toStrictEqual({
        ok: false,
        error: { code: 'too-late', message: 'it is too late', remedy: 'come earlier', position: { line: 3 } },
      });
    }));

  test('what a handler throws, or answers against its declaration, is a bug', () =>
    within(async ({ client }) => {
      expect(await client.call('crash', {})).toMatchObject({
        error: { code: 'bug', message: 'a broken part' },
      });
      expect(await client.call('lie', {})).toMatchObject({ error: { code: 'bug' } });
      expect(await client.call('unsendable', {})).toMatchObject({ error: { code: 'bug' } });
      expect(await client.call('echo', { value: 1 })).toMatchObject({ ok: true });
    }));

  test('events arrive in order, before the answer of the call that told them', () =>
    within(async ({ client }) => {
      const numbers: number[] = [];
      client.on('told', ({ number }) => numbers.push(number));
      await client.call('tell', { upTo: 100 });
      expect(numbers).toStrictEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    }));

  test('a cancelled call ends at once, and its handler is told', () =>
    within(async ({ client }) => {
      const controller = new AbortController();
      const waiting = client.call('wait', {}, controller.signal);
      await client.call('echo', { value: null });
      controller.abort();
      expect(await waiting).toMatchObject({ error: { code: 'cancelled' } });
      expect(await client.call('waits', {})).toStrictEqual({ ok: true, value: { aborted: 1 } });
      expect(await client.call('wait', {}, controller.signal)).toMatchObject({
        error: { code: 'cancelled' },
      });
    }));

  test('a call that takes long is acknowledged, so that nobody takes its server for hung', () =>
    within(async ({ client, clock }) => {
      const told: boolean[] = [];
      client.onResponsive((responsive) => told.push(responsive));
      void client.call('wait', {});
      await client.call('echo', { value: null });
      clock.advance(60_000);
      expect(told).toStrictEqual([]);
    }));

  test.each([
    ['text', 'hello'],
    ['nothing', null],
    ['no envelope', { hello: 1 }],
    ['a request without params', { jsonrpc: '2.0', id: 1, method: 'echo' }],
    ['a cancellation of nothing', { jsonrpc: '2.0', method: '$/cancelRequest' }],
    ['a cancellation of no number', { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: {} } }],
    ['a cancellation without id', { jsonrpc: '2.0', method: '$/cancelRequest', params: {} }],
    ['an answer to nothing', { jsonrpc: '2.0', id: 77, result: { ok: true, value: {} } }],
    ['an inherited name', { jsonrpc: '2.0', id: 5000, method: 'toString', params: {} }],
    ['params of another shape', { jsonrpc: '2.0', id: 5001, method: 'tell', params: { upTo: 'all' } }],
    ['a call that is an event', { jsonrpc: '2.0', id: 5002, method: 'told', params: { number: 1 } }],
  ])('malformed messages do no harm: %s', (_what, message) =>
    within(async ({ client, port }) => {
      port.post(message);
      expect(await client.call('echo', { value: 1 })).toStrictEqual({ ok: true, value: { value: 1 } });
    }),
  );

  test('closing ends what is pending, and all later calls', () =>
    within(async ({ client, port }) => {
      const waiting = client.call('wait', {});
      await client.call('echo', { value: null });
      port.close();
      expect(await waiting).toMatchObject({ error: { code: 'disconnected' } });
      expect(await client.call('echo', { value: 1 })).toMatchObject({ error: { code: 'disconnected' } });
    }));
});

const integers = fc.oneof(
  fc.maxSafeInteger(),
  // Integers that are no safe numbers: those are bigints everywhere.
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }),
  fc.bigInt({ min: -(2n ** 80n), max: -(2n ** 53n) }),
);

const { value: wireValues } = fc.letrec<{ value: WireValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    integers,
    fc.double(),
    fc.string(),
    fc.uint8Array({ maxLength: 64 }).map((bytes) => new Uint8Array(bytes)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
}));
