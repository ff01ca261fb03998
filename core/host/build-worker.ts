/** The entry of the compilers' thread. It lives long: a compiler that is warm takes a tenth of the time of a cold one. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { textToBytes } from '../base/bytes';
import { assert, ok } from '../base/result';
import type { ReadFile } from '../contracts/build';
import { buildContract, editorLibraries, warmUp } from '../contracts/languages';
import { workerPort } from '../studio/rpc/carriers';
import { serve } from '../studio/rpc/serve';
import { isInside } from '../workspace/confine';
import { buildWorkerData, buildWorkerProtocol } from './worker-protocol';

assert(parentPort !== null, 'compilers run in a thread of their own');
const host = parentPort;
const { workspace } = buildWorkerData.parse(workerData);
