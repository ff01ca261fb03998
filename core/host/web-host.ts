/** The local web host: the built window over HTTP and the protocol over a WebSocket, on 127.0.0.1 alone. */
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { type Fault, fault } from '../base/fault';
import { type Result, assert, err, ok } from '../base/result';
import type { Port } from '../studio/rpc/port';
import { createAccess } from './access';
import { socketPort } from './socket-port';
import { createStaticFiles, plainText, securityHeaders } from './static-files';

export interface WebHost {
  /** Holds the token: whoever has it has the workspace. */
  readonly url: string;
  close(): Promise<void>;
}

export interface WebHostOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** The built window. */
  readonly rendererFolder: string;
  /** Given each connection that was let in. */
  readonly serve: (port: Port) => void;
}

export async function startWebHost(options: WebHostOptions): Promise<Result<WebHost, Fault>> {
  const files = await createStaticFiles(options.rendererFolder);
  const server = createServer();
  const listening = await listen(server, options.port);
  if (!listening.ok) return listening;
  const access = createAccess(listening.value);

  server.on('request', (request, response) => {
    const refusal = access.refusal(request);
    if (refusal !== null) {
      response.writeHead(403, { ...securityHeaders, ...plainText }).end(`${refusal}\n`);
      return;
    }
    response.setHeader('Set-Cookie', access.cookie);
    files.answer(request, response).catch(() => response.destroy());
  });

  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: largestMessage,
  });
  server.on('upgrade', (request, socket, head) => {
    const refusal = access.socketRefusal(request);
    if (refusal !== null) refuse(socket, '403 Forbidden', refusal);
    else if (!isRpc(request)) refuse(socket, '404 Not Found', 'the socket is at /rpc');
    else sockets.handleUpgrade(request, socket, head, (opened) => options.serve(socketPort(opened)));
  });

  return ok({
    url: `http://127.0.0.1:${listening.value}/?token=${access.token}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** Texts up to the largest that the editor takes, with room for what is around them. */
const largestMessage = 16 * 1024 * 1024;

const isRpc = ({ url }: IncomingMessage): boolean => url?.split('?', 1)[0] === '/rpc';

function refuse(socket: Duplex, status: string, words: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\n${words}\n`);
}

function listen(server: Server, port: number): Promise<Result<number, Fault>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(err(listenFault(port, error))));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      assert(address !== null && typeof address === 'object', 'a server that listens has an address');
      resolve(ok(address.port));
    });
  });
}

function listenFault(port: number, error: NodeJS.ErrnoException): Fault {
  const remedy = 'choose another with --port, or leave it out for one that is free';
  if (error.code === 'EADDRINUSE')
    return fault('port-taken', `port ${port} is taken by another program`, { remedy });
  if (error.code === 'EACCES')
    return fault('port-not-allowed', `port ${port} may not be used by this user`, { remedy });
  return fault('port-failed', `port ${port} can't be used: ${error.message}`, { remedy });
}
