/**
 * JSON-RPC 2.0 over a {@link Port}, by vscode-jsonrpc. What comes in is checked to be a message at all before the library
 * sees it, and requests are acknowledged the moment they arrive, before anything is done about them.
 */
import {
  Emitter,
  type Message,
  type MessageConnection,
  type MessageReader,
  type MessageWriter,
  NullLogger,
  RAL,
  createMessageConnection,
} from 'vscode-jsonrpc/browser.js';
import { z } from 'zod';
import { fault } from '../../base/fault';
import { err } from '../../base/result';
import type { Port } from './port';

/** What a side is told of its traffic, beside the library's own handling. */
export interface Traffic {
  onRequestSent?(id: number): void;
  onAcknowledged?(id: number): void;
  /** Any message at all: the other side lives. */
  onHeard?(): void;
  /** What arrived was no message of this protocol; it was dropped. */
  onMalformed?(what: unknown): void;
}

/** A connection that listens. It is disposed when the port closes, which rejects what is pending. */
export function connect(port: Port, traffic: Traffic): MessageConnection {
  handMessagesOnAtOnce();
  const connection = createMessageConnection(readerOf(port, traffic), writerOf(port, traffic), NullLogger);
  connection.listen();
  port.onClose(() => connection.dispose());
  return connection;
}

const acknowledgement = '$/acknowledge';
const cancellation = '$/cancelRequest';

const named = { jsonrpc: z.literal('2.0'), method: z.string() };
const id = z.int();
const aboutRequest = z.object({ id });

/** Names with `$/` are the library's own, which trusts what comes under them. */
const ownName = z.string().refine((name) => !name.startsWith('$/'));

const envelope = z.union([
  z.looseObject({ ...named, id, params: z.looseObject({}) }),
  z.looseObject({ ...named, method: z.enum([acknowledgement, cancellation]), params: aboutRequest }),
  z.looseObject({ ...named, method: ownName, id: z.never().optional(), params: z.looseObject({}) }),
  z.looseObject({ jsonrpc: z.literal('2.0'), id, result: z.looseObject({ ok: z.boolean() }) }),
  z.looseObject({
    jsonrpc: z.literal('2.0'),
    id,
    error: z.looseObject({ code: z.int(), message: z.string() }),
  }),
]);

function readerOf(port: Port, traffic: Traffic): MessageReader {
  return {
    ...silentEvents(),
    onPartialMessage: new Emitter<never>().event,
    listen(callback) {
      port.onMessage((received) => {
        const parsed = envelope.safeParse(received);
        if (!parsed.success) {
          traffic.onMalformed?.(received);
          return;
        }
        traffic.onHeard?.();
        const message = parsed.data;
        if ('method' in message && message.method === acknowledgement) {
          traffic.onAcknowledged?.(aboutRequest.parse(message.params).id);
          return;
        }
        if ('method' in message && message.id !== undefined)
          port.post({ jsonrpc: '2.0', method: acknowledgement, params: { id: message.id } });
        callback(message as unknown as Message);
      });
      return { dispose: () => undefined };
    },
    dispose: () => undefined,
  };
}

function writerOf(port: Port, traffic: Traffic): MessageWriter {
  return {
    ...silentEvents(),
    async write(message) {
      const { id: messageId } = message as { readonly id?: unknown };
      if (typeof messageId === 'number' && 'method' in message) traffic.onRequestSent?.(messageId);
      try {
        port.post(message);
      } catch (error) {
        // An answer that can't be carried must not leave its caller waiting.
        if (!('result' in message)) throw error;
        port.post({ ...message, result: err(fault('bug', `the answer could not be sent: ${error}`)) });
      }
    },
    end: () => undefined,
    dispose: () => undefined,
  };
}

/** Ports have one way to fail, which is to close; `connect` watches it. */
const silentEvents = () => ({ onError: new Emitter<never>().event, onClose: new Emitter<never>().event });

/**
 * The library passes each message on by a timer, of a millisecond or more, one after the other. Messages arrive in turns
 * of the event loop of their own already.
 */
function handMessagesOnAtOnce(): void {
  const layer = RAL();
  RAL.install({
    ...layer,
    timer: {
      ...layer.timer,
      setImmediate(callback, ...args) {
        let disposed = false;
        void Promise.resolve().then(() => (disposed ? undefined : callback(...args)));
        return { dispose: () => void (disposed = true) };
      },
    },
  });
}
