import type { ChildProcess } from 'node:child_process';
import open, { apps, openApp } from 'open';
import type { Terminal } from './terminal';

/** Opens an address in a window of its own where a browser can do that, else in a tab. */
export async function openBrowser(url: string, { complain }: Terminal): Promise<void> {
  for (const name of [apps.chrome, apps.edge].flat()) {
    if (await starts(() => openApp(name, { arguments: [`--app=${url}`] }))) return;
  }
  if (!(await starts(() => open(url)))) complain('no browser could be opened: open the address yourself');
}

/** Elsewhere than on Linux it is a launcher that is started, and whose end tells whether there is such a browser. */
const startEvent = process.platform === 'linux' ? 'spawn' : 'exit';

async function starts(launch: () => Promise<ChildProcess>): Promise<boolean> {
  try {
    const child = await launch();
    return await new Promise((resolve) => {
      child.once('error', () => resolve(false));
      child.once(startEvent, (code: unknown) => resolve(code === undefined || code === 0));
    });
  } catch {
    return false;
  }
}
