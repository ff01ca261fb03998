import { messagePort, webSocketPort } from '../../core/studio/rpc/carriers';
import type { Port } from '../../core/studio/rpc/port';

/** How this page reaches its host: a socket to where it came from, or the port that the desktop shell hands it. */
export function portOpener(page: Window): () => Promise<Port> {
  if (page.location.protocol.startsWith('http')) {
    const address = `${page.location.origin.replace(/^http/, 'ws')}/rpc`;
    return () => Promise.resolve(webSocketPort(new WebSocket(address)));
  }
  const waiting: ((port: Port) => void)[] = [];
  const arrived: MessagePort[] = [];
  page.addEventListener('message', (event: MessageEvent<unknown>) => {
    const port = event.ports[0];
    if (event.source !== page || !isPortMessage(event.data) || port === undefined) return;
    const next = waiting.shift();
    if (next === undefined) arrived.push(port);
    else next(messagePort(port));
  });
  return () => {
    const port = arrived.shift();
    if (port !== undefined) return Promise.resolve(messagePort(port));
    return new Promise((resolve) => waiting.push(resolve));
  };
}

const isPortMessage = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'type' in data && data.type === 'kernelscope:port';
