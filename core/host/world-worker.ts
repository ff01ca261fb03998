/** The entry of the world's thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../base/result';
import { workerPort } from '../studio/rpc/carriers';
import { serve } from '../studio/rpc/serve';
import { systemClock } from './clock';
import { worldWorkerData, worldWorkerProtocol } from './worker-protocol';
import { createWorldThread } from './world-thread';
import { logError } from './log-error';

assert(parentPort !== null, 'the world runs in a thread of its own');
const host = parentPort;

const thread = createWorldThread({
  data: worldWorkerData.parse(workerData),
  clock: systemClock,
  onStatus: (status) => served.emit('world.changed', status),
  emit: (name, payload) => served.emit(name, payload),
  onBug: logError,
});
const served = serve({
  protocol: worldWorkerProtocol,
  handlers: thread.handlers,
  port: workerPort(host, () => host.close()),
  onBug: logError,
});
