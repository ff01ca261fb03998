#!/usr/bin/env node
/** Entry of the command line. */
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { worldThreadLimits } from '../host/thread-limits';
import { runCommandLine } from './program';
import { createTerminal } from './terminal';

/** Commands that run contracts, which may nest deeper than the main thread's stack. */
const deepCommands = ['run', 'test', 'dap'];

// Whoever reads the output may have seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const args = process.argv.slice(2);
const command = args.find((argument) => !argument.startsWith('-'));
if (isMainThread && command !== undefined && deepCommands.includes(command)) {
  runInDeepThread({ reads: command === 'dap' });
} else {
  const colours = isMainThread ? wantsColours() : workerData === 'colours';
  process.exitCode = await runCommandLine(args, createTerminal({ colours }));
  parentPort?.postMessage('done');
}

function runInDeepThread({ reads }: { readonly reads: boolean }): void {
  const worker = new Worker(new URL(import.meta.url), {
    argv: args,
    workerData: wantsColours() ? 'colours' : 'plain',
    resourceLimits: worldThreadLimits,
    stdin: reads,
  });
  if (reads) forwardInput(worker);
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    process.stderr.write('the memory for a run is used up\n  take fewer steps or messages in one scenario\n');
  });
  worker.on('exit', (code) => (process.exitCode = code));
}

/** Until the command is done: as long as more can be read, neither of the two threads would end. */
function forwardInput(worker: Worker): void {
  const { stdin } = process;
  if (worker.stdin !== null) stdin.pipe(worker.stdin);
  worker.on('message', () => worker.stdin?.end());
  worker.on('exit', () => stdin.destroy());
}

function wantsColours(): boolean {
  return process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
}
