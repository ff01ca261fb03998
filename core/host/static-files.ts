/** Serves the built window: its own files, nothing else. */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { confine } from '../workspace/confine';

/** What a page of ours may load and where it may connect to. Monaco sets styles of its own. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface StaticFiles {
  /** Answers a GET or HEAD that was let in. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export async function createStaticFiles(folder: string): Promise<StaticFiles> {
  const root = await realpath(folder);
  return {
    async answer(request, response) {
      for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { Allow: 'GET, HEAD' }).end();
        return;
      }
      const file = await findStaticFile(root, (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/');
      if (file === null) {
        response.writeHead(404, plainText).end('There is no such file.\n');
        return;
      }
      response.writeHead(200, {
        'Content-Type': contentTypeOf(file.real),
        'Content-Length': file.size,
        'Cache-Control': file.isHashed ? 'private, max-age=31536000, immutable' : 'no-store',
      });
      if (request.method === 'HEAD') response.end();
      else
        createReadStream(file.real)
          .on('error', () => response.destroy())
          .pipe(response);
    },
  };
}

export interface StaticFile {
  /** Absolute, and inside the folder that is served. */
  readonly real: string;
  readonly size: number;
  /** Whether its name changes with its content. */
  readonly isHashed: boolean;
}

/** The file that the path of an address names, `/` being the page itself; `null` for none, and for any outside. */
export async function findStaticFile(root: string, pathname: string): Promise<StaticFile | null> {
  const decoded = decodePath(pathname);
  if (decoded === null) return null;
  const path = decoded === '' ? 'index.html' : decoded;
  const real = await confine(root, path);
  if (!real.ok) return null;
  const found = await stat(real.value).catch(() => null);
  if (found?.isFile() !== true) return null;
  // The bundler puts a hash of the content into the names of what it puts there.
  return { real: real.value, size: found.size, isHashed: path.startsWith('assets/') };
}

export const contentTypeOf = (path: string): string =>
  contentTypes[extname(path)] ?? 'application/octet-stream';

export const plainText = { 'Content-Type': 'text/plain; charset=utf-8' };

export const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
};

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname).replace(/^\//, '');
  } catch {
    return null;
  }
}
