/** A workspace that is open: what every host serves to its windows, and the workers behind it. */
import type { Fault } from '../base/fault';
import { type Result, ok } from '../base/result';
import type { Client } from '../studio/rpc/client';
import type { Port } from '../studio/rpc/port';
import { forward } from '../studio/rpc/forward';
import { type Handlers, type Served, serve } from '../studio/rpc/serve';
import type { Returns } from '../studio/protocol/declare';
import { type StudioProtocol, studioProtocol, worldThreadProtocol } from '../studio/protocol/studio';
import { type Workspace, openWorkspace, prepareKept } from '../workspace/workspace';
import { type Builder, startBuilder } from './builder';
import type { WorkerUrls } from './built-files';
import { systemClock } from './clock';
import { createContracts } from './contracts';
import { createFiles } from './files';
import { createKeptTexts } from './kept-texts';
import { type Lock, acquireLock } from './lock';
import { watchWorkspace } from './watch';
import type { BuiltContract, WorldWorkerProtocol } from './worker-protocol';
import { contractsOf, readWorldSetup } from './world-setup';
import { startWorldLink, statusOf } from './world-link';

export interface OpenStudio {
  readonly workspace: Workspace;
  /** Answers a window until its port closes. */
  serve(port: Port): Served<StudioProtocol>;
  /** Says where it can be seen, for whoever tries to open the workspace again. */
  announce(url: string): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly host: 'electron' | 'web';
  readonly version: string;
  readonly workers: WorkerUrls;
  /** Takes what is no one's answer: bugs, and what the system can't do. */
  readonly log: (line: string) => void;
}

/** Opens a folder as the only process that has it open. The world and the compiler go on starting after it returns. */
export async function openStudio(folder: string, options: OpenOptions): Promise<Result<OpenStudio, Fault>> {
  const opened = await openWorkspace(folder);
  if (!opened.ok) return opened;
  const workspace = opened.value;
  const kept = workspace.writable ? await prepareKept(workspace) : null;
  if (kept?.ok === false) return kept;
  const lock = kept === null ? null : await acquireLock(kept.value.lock);
  if (lock?.ok === false) return lock;
  return ok(createStudio(workspace, lock?.value ?? null, options));
}

function createStudio(workspace: Workspace, lock: Lock | null, options: OpenOptions): OpenStudio {
  const clock = systemClock;
  const windows = new Set<Served<StudioProtocol>>();
  const logBug = (error: unknown) =>
    options.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  let tellRecovered: (words: string | null) => void = () => undefined;
  const recovered =
    lock?.takenOver === true
      ? new Promise<string | null>((resolve) => (tellRecovered = resolve))
      : Promise.resolve(workspace.writable ? null : keptInMemory);

  const builder = startBuilder({ url: options.workers.build, workspace: workspace.folder, clock });
  const world = startWorldLink({
    url: options.workers.world,
    clock,
    data: {
      workspace: workspace.folder,
      store: lock === null ? null : workspace.kept.world,
      breakpoints: lock === null ? null : workspace.kept.breakpoints,
    },
    emit(name, payload) {
      for (const window of windows) window.emit(name, payload);
    },
    async prepare(client) {
      const prepared = await prepareWorld(client, workspace, builder);
      tellRecovered(prepared.ok && !prepared.value.isNew ? recovery(prepared.value.length) : null);
      return prepared;
    },
  });
  const handlers: Handlers<StudioProtocol> = {
    ...createFiles(workspace),
    ...createKeptTexts(workspace),
    ...createContracts({ folder: workspace.folder, builder, world, clock }),
    ...forward(worldThreadProtocol, world.call),
    'world.status': () => statusOf(world),
    'world.restart': () => world.restart(),
    async 'workspace.describe'() {
      const { name, folder, writable } = workspace;
      const { host, version } = options;
      return ok({ name, folder, writable, recovered: await recovered, host, version });
    },
  };

  const worldListener = world.onStatus.on((status) => {
    for (const window of windows) window.emit('world.changed', status);
  });
  const watcher = watchWorkspace({
    workspace,
    clock,
    onProblem: logBug,
    onChange(paths) {
      for (const window of windows) window.emit('workspace.changed', { paths: [...paths] });
    },
  });

  return {
    workspace,
    serve(port) {
      const window = serve({ protocol: studioProtocol, handlers, port, onBug: logBug });
      windows.add(window);
      port.onClose(() => windows.delete(window));
      return window;
    },
    announce: async (url) => lock?.announce(url),
    async close() {
      watcher.dispose();
      worldListener.dispose();
      await Promise.all([builder.close(), world.close()]);
      lock?.release();
    },
  };
}

const recovery = (length: number) =>
  `The program was ended before it could close this workspace. The world goes on after its last commit, of ${length} messages.`;

const keptInMemory =
  "The folder can't be written: files are for reading, and this world is kept in memory until the program ends.";

/** Opens the world, or makes it with the contracts that compile; the others are bound when they do. */
async function prepareWorld(
  client: Client<WorldWorkerProtocol>,
  workspace: Workspace,
  builder: Builder,
): Promise<Result<Returns<WorldWorkerProtocol, 'world.open'>, Fault>> {
  const opened = await client.call('world.open', {});
  if (!opened.ok || !opened.value.isNew) return opened;
  const setup = await readWorldSetup(workspace.folder);
  if (!setup.ok) return setup;
  const contracts: BuiltContract[] = [];
  for (const path of contractsOf(setup.value)) {
    const built = await builder.build(path, null);
    if (!built.ok) return built;
    if (built.value.ok) contracts.push({ path, code: built.value.code, sourceMap: built.value.sourceMap });
  }
  const created = await client.call('world.create', { contracts });
  return created.ok ? opened : created;
}
