import { resolve } from 'node:path';
import { serveWorkspace } from '../../host/serve';
import { openBrowser } from '../browser';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { say } from '../served';
import { untilStopped } from '../until-stopped';

export interface ServeOptions extends CommonOptions {
  readonly port: number;
  readonly open: boolean;
}

export async function serve(dir: string, options: ServeOptions, session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const served = await serveWorkspace(dir, {
    port: options.port,
    built: session.built,
    log: terminal.complain,
  });
  if (!served.ok) return failWith(session, [served.error], options);
  const { url } = served.value;
  await say({ url, folder: resolve(dir), host: 'web' }, options, terminal);
  if (options.open) await openBrowser(url, terminal);
  await untilStopped();
  await served.value.close();
  return 0;
}
