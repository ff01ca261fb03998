/** Serves one workspace to the browsers of this machine. */
import type { Fault } from '../base/fault';
import { type Result, ok } from '../base/result';
import { type BuiltFiles, findBuiltFiles } from './built-files';
import { openStudio } from './open';
import { startWebHost } from './web-host';
import { logError } from './log-error';

export interface ServedWorkspace {
  /** Holds the token: whoever has it has the workspace. */
  readonly url: string;
  close(): Promise<void>;
}

/** `port` 0 is any that is free. */
export async function serveWorkspace(
  folder: string,
  options: {
    readonly port: number;
    /** Where the built program lies; found when absent. */
    readonly built?: Pick<BuiltFiles, 'version' | 'renderer' | 'workers'>;
    /** Takes what is no one's answer; written to the error output when absent. */
    readonly log?: (line: string) => void;
  },
): Promise<Result<ServedWorkspace, Fault>> {
  const { port, built = findBuiltFiles(), log = logError } = options;
  const studio = await openStudio(folder, {
    host: 'web',
    version: built.version,
    workers: built.workers,
    log,
  });
  if (!studio.ok) return studio;
  const host = await startWebHost({
    port,
    rendererFolder: built.renderer,
    serve: (socket) => void studio.value.serve(socket),
  });
  if (!host.ok) {
    await studio.value.close();
    return host;
  }
  await studio.value.announce(host.value.url);
  return ok({
    url: host.value.url,
    async close() {
      await host.value.close();
      await studio.value.close();
    },
  });
}
