/** A thread with a world of one kernel, and the debug service on it. Its code comes in, its answers go out. */
import { parentPort, workerData } from 'node:worker_threads';
import { worldThreadProtocol } from '../../core/studio/protocol/studio';
import { workerPort } from '../../core/studio/rpc/carriers';
import { serve } from '../../core/studio/rpc/serve';
import { openDebugService } from '../core/studio/services/debug-services';
import { create, signal } from '../fixtures/branch';

const { code, argument } = workerData as { readonly code: Uint8Array; readonly argument: number };
const { branch, service } = openDebugService(undefined, { limits: { gas: 2 ** 40, pages: 1024 } });
create(branch, '/run', code);
const [receipt] = signal(branch, '/run', 'run', [argument]);
if (receipt?.outcome.kind !== 'ok') throw new Error(JSON.stringify(receipt?.outcome));

if (parentPort !== null) {
  serve({
    protocol: worldThreadProtocol,
    // It is asked about stepping alone.
    handlers: service as never,
    port: workerPort(parentPort, () => undefined),
    onBug: (error) => console.error(error),
  });
}
