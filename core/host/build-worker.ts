/** The entry of the compilers' thread. It lives long: a compiler that is warm takes a tenth of the time of a cold one. */
import { parentPort, workerData } from 'node:worker_threads';
import { textToBytes } from '../base/bytes';
import { assert, ok } from '../base/result';
import { buildContract } from '../contracts/builder';
import { workerPort } from '../studio/rpc/carriers';
import { serve } from '../studio/rpc/serve';
import { interfaceToWire } from '../studio/services/wire-values';
import { readEditorLibraries } from './editor-libraries';
import { createFileReader } from './read-file';
import { buildWorkerData, buildWorkerProtocol } from './worker-protocol';
import { logError } from './log-error';

assert(parentPort !== null, 'compilers run in a thread of their own');
const host = parentPort;
const { workspace } = buildWorkerData.parse(workerData);
const readFile = createFileReader(workspace);

/** Milliseconds without anything to compile after which the compiler is warmed by something of our own. */
const idleBeforeWarmUp = 1000;
const warmUp = setTimeout(() => {
  const text = textToBytes('export function warm(a: u64, b: string): string { return b + a.toString(); }\n');
  void buildContract('warm.ts', (path) => (path === 'warm.ts' ? text : null));
}, idleBeforeWarmUp);

serve({
  protocol: buildWorkerProtocol,
  port: workerPort(host, () => host.close()),
  onBug: logError,
  handlers: {
    async 'build.run'({ path, text }) {
      clearTimeout(warmUp);
      const built = await buildContract(path, (name) =>
        name === path && text !== null ? textToBytes(text) : readFile(name),
      );
      const { diagnostics, inputs } = built;
      const plain = { diagnostics: [...diagnostics], inputs: [...inputs] };
      if (!built.ok) return ok({ ok: built.ok, ...plain });
      const { code, interface: contract, sourceMap } = built;
      return ok({ ok: built.ok, ...plain, code, interface: interfaceToWire(contract), sourceMap });
    },
    'build.libraries': () => ok({ files: readEditorLibraries(workspace, readFile) }),
  },
});
