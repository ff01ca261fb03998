/** A workspace of its own for each test, with the real web host on it. */
import { test as base } from '@playwright/test';
import { type RunningHost, createWorkspace, startHost } from './host';

export interface Studio {
  readonly folder: string;
  /** The running host; another one after a start. */
  readonly host: RunningHost;
  /** Starts a host on the workspace, on a port of its own. The one before has to be killed first. */
  start(...options: readonly string[]): Promise<RunningHost>;
}

export const test = base.extend<{ template: string; studio: Studio }>({
  template: ['counter', { option: true }],
  studio: async ({ template }, provide) => {
    const workspace = createWorkspace(template);
    let host = await startHost(workspace.folder);
    await provide({
      folder: workspace.folder,
      get host() {
        return host;
      },
      async start(...options) {
        host = await startHost(workspace.folder, ...options);
        return host;
      },
    });
    await host.kill();
    workspace.remove();
  },
});
