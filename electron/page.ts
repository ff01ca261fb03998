/** The built window, served to itself under a scheme of its own. */
import { readFile, realpath } from 'node:fs/promises';
import type { Protocol } from 'electron';
import { contentTypeOf, findStaticFile, securityHeaders } from '../core/host/static-files';

export const pageScheme = {
  scheme: 'kernelscope',
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

export const pageUrl = 'kernelscope://window/';

export const isPageUrl = (url: string): boolean => url.startsWith(pageUrl);

export async function servePage(protocol: Protocol, rendererFolder: string): Promise<void> {
  const root = await realpath(rendererFolder);
  protocol.handle(pageScheme.scheme, async (request) => {
    const file = isPageUrl(request.url) ? await findStaticFile(root, new URL(request.url).pathname) : null;
    if (file === null)
      return new Response('There is no such file.\n', { status: 404, headers: securityHeaders });
    return new Response(new Uint8Array(await readFile(file.real)), {
      headers: { ...securityHeaders, 'Content-Type': contentTypeOf(file.real) },
    });
  });
}
