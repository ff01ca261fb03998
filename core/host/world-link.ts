/**
 * The world worker as its host sees it: started, made ready, watched, and started again. It may be ended at any moment;
 * what it had committed is in its store.
 */
import { Worker } from 'node:worker_threads';
import type { Clock } from '../base/clock';
import { type Disposable, disposeAll } from '../base/disposal';
import { type Event, createEmitter } from '../base/events';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import type { CallNames, Params, Returns } from '../studio/protocol/declare';
import type { StudioProtocol } from '../studio/protocol/studio';
import type { WorldStatus } from '../studio/protocol/world';
import { workerPort } from '../studio/rpc/carriers';
import { type Client, createClient } from '../studio/rpc/client';
import type { Served } from '../studio/rpc/serve';
import { worldThreadLimits } from './thread-limits';
import { type WorldWorkerData, type WorldWorkerProtocol, worldWorkerProtocol } from './worker-protocol';

type WorldCall = CallNames<WorldWorkerProtocol>;

export interface WorldLink {
  readonly status: WorldStatus;
  readonly onStatus: Event<WorldStatus>;
  /** Waits until the world is ready; a fault when it isn't going to be. */
  call<Name extends WorldCall>(
    name: Name,
    params: Params<WorldWorkerProtocol, Name>,
    signal?: AbortSignal,
  ): Promise<Result<Returns<WorldWorkerProtocol, Name>, Fault>>;
  /** Ends the thread at once and starts another from the last commit. */
  restart(): Promise<Result<WorldStatus, Fault>>;
  close(): Promise<void>;
}

export interface WorldLinkOptions {
  readonly url: URL;
  readonly clock: Clock;
  readonly data: Omit<WorldWorkerData, 'paused'>;
  /** Passes on what the world tells windows, beside its status. */
  readonly emit: Served<StudioProtocol>['emit'];
  /** Makes the world of a worker that was just started usable. */
  readonly prepare: (client: Client<WorldWorkerProtocol>) => Promise<Result<unknown, Fault>>;
}

export function startWorldLink(options: WorldLinkOptions): WorldLink {
  const statuses = createEmitter<WorldStatus>();
  let status: WorldStatus = { state: 'starting', branch: '', length: 0, pending: 0, root: '', fault: null };
  let closed = false;
  let running = startWorker({ ...options, paused: false, onStatus: change });

  function change(next: Partial<WorldStatus>): void {
    status = { ...status, ...next };
    statuses.emit(status);
  }

  return {
    get status() {
      return status;
    },
    onStatus: statuses,
    async call(name, params, signal) {
      const { client, ready } = running;
      const prepared = await ready;
      return prepared.ok ? client.call(name, params, signal) : prepared;
    },
    async restart() {
      const paused = staysStopped(status);
      await running.end();
      if (closed) return err(fault('disconnected', 'the workspace was closed'));
      change({ state: 'starting', fault: null });
      running = startWorker({ ...options, paused, onStatus: change });
      const prepared = await running.ready;
      return prepared.ok ? ok(status) : prepared;
    },
    close() {
      closed = true;
      return running.end();
    },
  };
}

interface RunningWorker {
  readonly client: Client<WorldWorkerProtocol>;
  readonly ready: Promise<Result<unknown, Fault>>;
  end(): Promise<void>;
}

function startWorker(
  options: WorldLinkOptions & {
    readonly paused: boolean;
    readonly onStatus: (status: Partial<WorldStatus>) => void;
  },
): RunningWorker {
  const { clock, data, paused, onStatus } = options;
  let ended = false;
  let prepared = false;
  let failure: string | null = null;
  let heartbeat: Disposable | null = null;
  const worker = new Worker(options.url, {
    workerData: { ...data, paused } satisfies WorldWorkerData,
    resourceLimits: worldThreadLimits,
  });
  worker.on('error', (error: unknown) => (failure = error instanceof Error ? error.message : String(error)));
  const client = createClient(
    worldWorkerProtocol,
    workerPort(worker, () => void worker.terminate()),
    clock,
  );

  client.on('world.changed', (status) => {
    // What a world says of itself while it is made, between one step and the next, is not yet for showing.
    if (!prepared) return;
    onStatus(status);
  });
  for (const name of passedOn) client.on(name, (payload) => options.emit(name, payload));
  client.onResponsive((responsive) => {
    // A world that is being opened has no status of its own.
    if (responsive && prepared) void refresh();
    else if (responsive) onStatus({ state: 'starting', fault: null });
    else onStatus({ state: 'unresponsive', fault: unresponsive });
  });
  client.onDisconnected(() => {
    heartbeat?.dispose();
    if (!ended) onStatus({ state: 'stopped', fault: crashed(failure) });
  });
  const ready = prepare();

  async function prepare(): Promise<Result<unknown, Fault>> {
    const opened = await options.prepare(client);
    if (!opened.ok) {
      if (!ended && opened.error.code !== 'disconnected') onStatus({ state: 'stopped', fault: opened.error });
      return opened;
    }
    prepared = true;
    beat();
    return refresh();
  }

  async function refresh(): Promise<Result<WorldStatus, Fault>> {
    const status = await client.call('world.status', {});
    if (status.ok && !ended) onStatus(status.value);
    return status;
  }

  /** Nobody may be asking it anything, and yet it is to be noticed when it hangs, also before it could say that it runs. */
  function beat(): void {
    heartbeat = clock.after(
      heartbeatEvery,
      () => void client.call('world.status', {}).then(({ ok: answers }) => answers && !ended && beat()),
    );
  }

  return {
    client,
    ready,
    async end() {
      ended = true;
      heartbeat?.dispose();
      client.dispose();
      await worker.terminate();
    },
  };
}

/** Whatever hung or ended a world may wait to be delivered again; and who stopped it wants it to stay so. */
const staysStopped = ({ state, fault: reason }: WorldStatus): boolean =>
  state === 'unresponsive' || (state === 'stopped' && (reason === null || reason.code === crashCode));

const passedOn = ['debug.held', 'debug.lost', 'debug.progress', 'debug.breakpointsChanged'] as const;

const crashCode = 'crashed';

const heartbeatEvery = 1000;

const unresponsive = fault(
  'unresponsive',
  'the world has not answered for 3 seconds: a message may be taking long',
  {
    remedy: 'wait for it, or restart the world from its last commit',
  },
);

const crashed = (failure: string | null): Fault =>
  fault(crashCode, `the thread of the world ended: ${failure ?? 'it was closed'}`, {
    remedy: 'restart the world: all that was committed is there',
  });

/** The status as the world says it now, or as its host knows it when the world has no answer to give. */
export async function statusOf(link: WorldLink): Promise<Result<WorldStatus, Fault>> {
  const isAnswering = ({ state }: WorldStatus) => state === 'ready' || state === 'running';
  if (!isAnswering(link.status)) return ok(link.status);
  const listeners: Disposable[] = [];
  const silenced = new Promise<Result<WorldStatus, Fault>>((resolve) => {
    listeners.push(link.onStatus.on((status) => isAnswering(status) || resolve(ok(status))));
  });
  const answer = await Promise.race([link.call('world.status', {}), silenced]);
  disposeAll(listeners);
  return answer.ok ? answer : ok(link.status);
}
