import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { type DomCarrier, messagePort } from '../../../../core/studio/rpc/carriers';
import { createClient } from '../../../../core/studio/rpc/client';
import { createInbox } from '../../../../core/studio/rpc/inbox';
import type { Port } from '../../../../core/studio/rpc/port';
import { serve } from '../../../../core/studio/rpc/serve';
import { echoProtocol, serveEcho } from './echo';
import { createFakeClock } from './fake-clock';

/** A port that is answered by hand. */
function createHandPort() {
  const inbox = createInbox();
  const posted: unknown[] = [];
  const port: Port = { post: (message) => posted.push(message), ...inbox, close: inbox.end };
  return { port, posted, answer: inbox.deliver };
}

test('a side that does not acknowledge is told as hung after three seconds, and as well again when it speaks', async () => {
  const clock = createFakeClock();
  const { port, answer } = createHandPort();
  const client = createClient(echoProtocol, port, clock);
  const told: boolean[] = [];
  client.onResponsive((responsive) => told.push(responsive));

  const waiting = client.call('echo', { value: 1 });
  await Promise.resolve();
  clock.advance(2999);
  expect(told).toStrictEqual([]);
  clock.advance(1);
  expect(told).toStrictEqual([false]);

  answer({ jsonrpc: '2.0', method: '$/acknowledge', params: { id: 0 } });
  expect(told).toStrictEqual([false, true]);
  clock.advance(60_000);
  expect(told).toStrictEqual([false, true]);

  answer({ jsonrpc: '2.0', id: 0, result: { ok: true, value: { value: 1 } } });
  expect(await waiting).toStrictEqual({ ok: true, value: { value: 1 } });
});

test('a request is acknowledged before its handler runs', async () => {
  const { port, posted, answer } = createHandPort();
  const atCall: unknown[][] = [];
  const never = () => new Promise<never>(() => undefined);
  serve({
    protocol: { wait: echoProtocol.wait },
    port,
    onBug: () => undefined,
    handlers: {
      wait() {
        atCall.push([...posted]);
        return never();
      },
    },
  });
  answer({ jsonrpc: '2.0', id: 7, method: 'wait', params: {} });
  expect(posted).toStrictEqual([{ jsonrpc: '2.0', method: '$/acknowledge', params: { id: 7 } }]);
  await Promise.resolve();
  await Promise.resolve();
  expect(atCall).toStrictEqual([posted]);
});

test('refuses by name what the protocol does not own', async () => {
  const { port, posted, answer } = createHandPort();
  serveEcho(port, () => undefined);
  for (const [id, method] of ['toString', '__proto__', 'told', 'nothing'].entries()) {
    answer({ jsonrpc: '2.0', id, method, params: {} });
  }
  await new Promise((resolve) => setImmediate(resolve));
  const codes = posted.flatMap((message) => {
    const { result } = message as { result?: { error: { code: string } } };
    return result === undefined ? [] : [result.error.code];
  });
  expect(codes).toStrictEqual(['no-such-call', 'no-such-call', 'no-such-call', 'no-such-call']);
});

test('bugs and malformed messages are told to whoever keeps the log', async () => {
  const bugs: unknown[] = [];
  const { port1, port2 } = new MessageChannel();
  serveEcho(messagePort(port2 as unknown as DomCarrier), (error) => bugs.push(error));
  const port = messagePort(port1 as unknown as DomCarrier);
  const client = createClient(echoProtocol, port, createFakeClock());
  port.post(42);
  await client.call('crash', {});
  client.dispose();
  expect(bugs.map(String)).toStrictEqual([
    'Error: a message was dropped: it is not one of the protocol',
    'Error: a broken part',
  ]);
});
