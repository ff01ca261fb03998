import type { Fault } from '../../base/fault';
import { nearest } from '../../base/nearest';
import { ok } from '../../base/result';
import { launchElectron } from '../../host/launch-electron';
import { serveWorkspace } from '../../host/serve';
import { openWorkspace } from '../../workspace/workspace';
import { openBrowser } from '../browser';
import { findDefaultWorkspace } from '../default-workspace';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { say } from '../served';
import { untilStopped } from '../until-stopped';

export async function openWindow(
  dir: string | undefined,
  options: CommonOptions,
  session: Session & { readonly commands: readonly string[] },
): Promise<ExitCode> {
  const { terminal, built } = session;
  const chosen =
    dir === undefined ? await findDefaultWorkspace(built.examples) : ok({ folder: dir, words: null });
  if (!chosen.ok) return failWith(session, [chosen.error], options);
  const { folder, words } = chosen.value;
  if (words !== null) terminal.complain(words);

  const workspace = await openWorkspace(folder);
  if (!workspace.ok) {
    return failWith(session, [asMisspelling(workspace.error, dir, session.commands)], options);
  }
  const path = workspace.value.folder;
  const electron = await launchElectron(path, built);
  if (electron.ok) {
    await say({ url: null, folder: path, host: 'electron' }, options, terminal);
    return (await electron.value.ended) === 0 ? 0 : 1;
  }
  terminal.complain(`no desktop window, for ${electron.error.message}; the IDE opens in the browser`);

  const served = await serveWorkspace(path, { port: 0, built, log: terminal.complain });
  if (!served.ok) return failWith(session, [served.error], options);
  const { url } = served.value;
  await say({ url, folder: path, host: 'web' }, options, terminal);
  await openBrowser(url, terminal);
  await untilStopped();
  await served.value.close();
  return 0;
}

/** A folder that isn't there may be a command that was misspelt. */
function asMisspelling(error: Fault, dir: string | undefined, commands: readonly string[]): Fault {
  const meant = error.code === 'no-folder' && dir !== undefined ? nearest(dir, commands) : null;
  return meant === null ? error : { ...error, remedy: `did you mean \`kernelscope ${meant}\`?` };
}
