/**
 * What carries the protocol, each as a {@link Port}. The objects are described by the little that is used of them, so that
 * Node, browsers and Electron all fit and none has to be imported.
 */
import { createInbox } from './inbox';
import { bytesToMessage, messageToBytes } from './message-bytes';
import type { Port } from './port';

/** Node's `Worker` as its starter sees it, `parentPort` as the worker sees it, and Node's `MessagePort`. */
export interface NodeCarrier {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit' | 'close', listener: () => void): unknown;
}

/** A `MessagePort` of the DOM. */
export interface DomCarrier {
  postMessage(message: unknown): void;
  addEventListener(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** A `WebSocket` of the DOM, open or opening. */
export interface SocketCarrier {
  binaryType: string;
  readonly readyState: number;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  addEventListener(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(event: 'open' | 'close', listener: () => void): void;
  close(): void;
}

/** `close` is the owner's way to let go of it: `worker.terminate()`, `port.close()`. */
export function workerPort(worker: NodeCarrier, close: () => void): Port {
  const inbox = createInbox();
  worker.on('message', inbox.deliver);
  worker.on('exit', inbox.end);
  worker.on('close', inbox.end);
  return {
    post: (message) => worker.postMessage(message),
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => {
      inbox.end();
      close();
    },
  };
}

export function messagePort(port: DomCarrier): Port {
  const inbox = createInbox();
  port.addEventListener('message', (event) => inbox.deliver(event.data));
  port.addEventListener('close', inbox.end);
  port.start();
  return {
    post: (message) => port.postMessage(message),
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => {
      inbox.end();
      port.close();
    },
  };
}

/** What is posted while the socket opens is sent once it is open. */
export function webSocketPort(socket: SocketCarrier): Port {
  const inbox = createInbox();
  const unsent: Uint8Array<ArrayBuffer>[] = [];
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => {
    for (const bytes of unsent.splice(0)) socket.send(bytes);
  });
  socket.addEventListener('message', ({ data }) => {
    const message = data instanceof ArrayBuffer ? readMessage(new Uint8Array(data)) : undefined;
    if (message === undefined) socket.close();
    else inbox.deliver(message);
  });
  socket.addEventListener('close', inbox.end);
  return {
    post(message) {
      const bytes = new Uint8Array(messageToBytes(message));
      if (socket.readyState === connecting) unsent.push(bytes);
      else socket.send(bytes);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close: () => {
      inbox.end();
      socket.close();
    },
  };
}

/** A message from bytes that may be anything; `undefined` when they are none. */
export function readMessage(bytes: Uint8Array): unknown {
  try {
    return bytesToMessage(bytes);
  } catch {
    return undefined;
  }
}

/** `WebSocket.CONNECTING`. */
const connecting = 0;
