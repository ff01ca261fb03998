import { resolve } from 'node:path';
import { serveWorkspace } from '../../host/serve';
import { openBrowser } from '../browser';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { say } from '../served';
import { untilStopped } from '../until-stopped';
import { type CommandContext, declare, wholeNumber } from './command';

interface ServeOptions extends CommonOptions {
  readonly port: number;
  readonly open: boolean;
}

export function addServe(context: CommandContext): void {
  declare(context, 'serve [dir]', 'serve the IDE on 127.0.0.1; the first line is its address, token included')
    .option('--port <number>', 'the port to listen on; 0 is any that is free', wholeNumber(65_535), 0)
    .option('--no-open', 'leave it to you to open the address')
    .action(async (dir: string | undefined, options: ServeOptions) =>
      context.end(await serve(dir ?? '.', options, context.session)),
    );
}

async function serve(dir: string, options: ServeOptions, session: Session): Promise<ExitCode> {
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
