/** A thread with a world of one kernel, and the debug service on it. Its code comes in, its answers go out. */
import { parentPort, workerData } from 'node:worker_threads';
import { allImports } from '../../core/imports/all';
import { systemClock } from '../../core/host/clock';
import { createMemoryStorage } from '../../core/store/memory-storage';
import { worldThreadProtocol } from '../../core/studio/protocol/studio';
import { workerPort } from '../../core/studio/rpc/carriers';
import { serve } from '../../core/studio/rpc/serve';
import { createCodeBook } from '../../core/studio/services/code-book';
import { createDebugService } from '../../core/studio/services/debug-service';
import { create, newBranch, signal } from '../fixtures/branch';
import { newBook } from '../fixtures/breakpoints';

const { code, argument } = workerData as { readonly code: Uint8Array; readonly argument: number };
const storage = createMemoryStorage();
const branch = newBranch({ storage, limits: { gas: 2 ** 40, pages: 1024 } });
create(branch, '/run', code);
const [receipt] = signal(branch, '/run', 'run', [argument]);
if (receipt?.outcome.kind !== 'ok') throw new Error(JSON.stringify(receipt?.outcome));

if (parentPort !== null) {
  const { handlers } = createDebugService({
    branch,
    clock: systemClock,
    codes: createCodeBook(storage),
    importSets: allImports,
    book: newBook(),
    fork: () => Promise.reject(new Error('nothing is forked')),
    emit: () => undefined,
  });
  const port = workerPort(parentPort, () => undefined);
  serve({
    protocol: worldThreadProtocol,
    // It is asked about stepping alone.
    handlers: handlers as never,
    port,
    onBug: (error) => console.error(error),
  });
}
