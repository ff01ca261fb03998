/** The build worker as its host sees it: one build at a time, and none that hangs for ever. */
import { Worker } from 'node:worker_threads';
import type { Clock } from '../base/clock';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { workerPort } from '../studio/rpc/carriers';
import { type Client, createClient } from '../studio/rpc/client';
import type { Returns } from '../studio/protocol/declare';
import { type BuildAnswer, type BuildWorkerProtocol, buildWorkerProtocol } from './worker-protocol';

export interface Builder {
  /** Compiles a contract; `text` stands in for what is on disk. What goes wrong is a diagnostic. */
  build(path: string, text: string | null, signal?: AbortSignal): Promise<Result<BuildAnswer, Fault>>;
  libraries(): Promise<Result<Returns<BuildWorkerProtocol, 'build.libraries'>, Fault>>;
  close(): Promise<void>;
}

/** Milliseconds that one build may take. */
export const buildPatience = 60_000;

export function startBuilder(options: {
  readonly url: URL;
  readonly workspace: string;
  readonly clock: Clock;
  /** Milliseconds; {@link buildPatience} when absent. */
  readonly patience?: number;
}): Builder {
  const { clock, patience = buildPatience } = options;
  let running = startWorker(options);
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  /** The compiler is busy with one text at a time, so that waiting here is what makes time limits fair. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = last.then(act);
    last = turn;
    return turn;
  }

  async function buildNow(path: string, text: string | null): Promise<Result<BuildAnswer, Fault>> {
    const { client } = running;
    let hung = false;
    const alarm = clock.after(patience, () => {
      hung = true;
      client.dispose();
    });
    const answer = await client.call('build.run', { path, text });
    alarm.dispose();
    if (closed || answer.ok || answer.error.code !== 'disconnected') return answer;
    await running.worker.terminate();
    running = startWorker(options);
    const words = hung ? `the compiler did not finish in ${patience / 1000} seconds` : 'the compiler crashed';
    return ok({ ok: false, diagnostics: [aboutCompiler(path, words)], inputs: [path] });
  }

  return {
    build: (path, text, signal) =>
      inTurn(async () =>
        signal?.aborted === true
          ? err(fault('cancelled', `the build of ${path} was cancelled`))
          : buildNow(path, text),
      ),
    libraries: () => inTurn(() => running.client.call('build.libraries', {})),
    async close() {
      closed = true;
      running.client.dispose();
      await running.worker.terminate();
    },
  };
}

interface RunningWorker {
  readonly worker: Worker;
  readonly client: Client<BuildWorkerProtocol>;
}

function startWorker(options: {
  readonly url: URL;
  readonly workspace: string;
  readonly clock: Clock;
}): RunningWorker {
  const worker = new Worker(options.url, { workerData: { workspace: options.workspace } });
  // What it says is in the answer that doesn't come; without a listener it would end the host.
  worker.on('error', () => undefined);
  const port = workerPort(worker, () => void worker.terminate());
  return { worker, client: createClient(buildWorkerProtocol, port, options.clock) };
}

const aboutCompiler = (file: string, message: string) => ({
  file,
  line: 1,
  column: 1,
  length: 0,
  severity: 'error' as const,
  message,
  code: 'compiler',
});
