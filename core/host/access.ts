/** Who may talk to the web host: this machine's browser, with the token, from our own page. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { textToBytes } from '../base/bytes';
import { nativeHashOf } from '../store/native-hash';

export interface Access {
  readonly token: string;
  /** Why a request is refused, in words; `null` when it is let in. */
  refusal(request: IncomingMessage): string | null;
  /** The same for a request to open a socket, which must say where it comes from. */
  socketRefusal(request: IncomingMessage): string | null;
  /** Lets the page's later requests in without the token in their addresses. */
  readonly cookie: string;
}

export function createAccess(port: number): Access {
  const token = randomBytes(32).toString('base64url');
  // Cookies are shared by all ports of a host, so that the name has to tell ours from another workspace's.
  const cookieName = `kernelscope-${port}`;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];

  function refusal(request: IncomingMessage): string | null {
    const { host, origin } = request.headers;
    if (host === undefined || !hosts.includes(host)) return 'this address is not served here';
    if (origin !== undefined && !isOurs(origin)) return 'pages of other origins have no access';
    // Not read as a whole: what is asked for need not be an address at all.
    const query = new URLSearchParams(request.url?.split('?', 2)[1]);
    const given = [query.get('token'), readCookie(request, cookieName)];
    if (given.some((candidate) => candidate !== null && equalSecrets(candidate, token))) return null;
    return 'the token is missing or wrong: open the address that was printed at the start';
  }
  const isOurs = (origin: string) => hosts.some((host) => origin === `http://${host}`);

  return {
    token,
    refusal,
    socketRefusal: (request) =>
      request.headers.origin === undefined ? 'a socket must name its origin' : refusal(request),
    cookie: `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`,
  };
}

/** Takes the same time wherever they differ, whatever their lengths. */
const equalSecrets = (left: string, right: string): boolean =>
  timingSafeEqual(nativeHashOf(textToBytes(left)), nativeHashOf(textToBytes(right)));

function readCookie(request: IncomingMessage, name: string): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${name}=`));
  return found === undefined ? null : found.slice(name.length + 1);
}
