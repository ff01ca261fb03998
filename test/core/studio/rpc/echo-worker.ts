import { parentPort } from 'node:worker_threads';
import { workerPort } from '../../../../core/studio/rpc/carriers';
import { serveEcho } from './echo';

if (parentPort !== null) {
  const own = parentPort;
  serveEcho(
    workerPort(own, () => own.close()),
    () => undefined,
  );
}
