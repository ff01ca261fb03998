/** What counting gas costs: run time next to the same code without it and as wasm-metering counts it, code size, time to rewrite. */
import wasmMetering from 'wasm-metering';
import { createWasmContainer } from '../../core/container/wasm/wasm-container';
import { createEnvironment } from '../../core/environment/environment';
import { defaultLimits } from '../../core/environment/limits';
import { emptyTree } from '../../core/state/tree';
import { meterModule } from '../../core/wasm/metering/meter-module';
import { decodeModule } from '../../core/wasm/module';
import { type MeteredProgram, buildPrograms } from './metered-programs';
import { type Row, median } from './row';

export async function meteringRows(runs: number): Promise<readonly Row[]> {
  const programs = await buildPrograms();
  return programs.flatMap((program) => [
    ...timeRows(program, runs),
    sizeRow(program),
    rewriteRow(program, runs),
  ]);
}

/** Each is timed often enough, in turns, for the engine to have compiled it as well as it can. */
function timeRows({ name, code, argument }: MeteredProgram, runs: number): readonly Row[] {
  const plain = plainRun(code, {});
  const metered = meteredRun(code);
  const calling = callingRun(code);
  const turns = Array.from({ length: 5 * runs + 5 }, () => ({
    plain: milliseconds(() => plain(argument)),
    metered: milliseconds(() => metered(argument)),
    calling: milliseconds(() => calling(argument)),
  })).slice(5);
  const row = {
    promise: `gas metering, warm: ${name}`,
    ours: median(turns.map((turn) => turn.metered)),
    unit: 'ms',
  };
  return [
    {
      ...row,
      peer: { name: 'the same code without gas', theirs: median(turns.map((turn) => turn.plain)) },
      goal: { atMost: 1.25 },
    },
    {
      ...row,
      peer: { name: 'wasm-metering 0.2.1', theirs: median(turns.map((turn) => turn.calling)) },
      goal: null,
    },
  ];
}

function sizeRow({ name, code }: MeteredProgram): Row {
  return {
    promise: `code size: ${name}`,
    ours: meter(code).length,
    unit: 'bytes',
    peer: { name: 'as it was given', theirs: code.length },
    goal: null,
  };
}

function rewriteRow({ name, code }: MeteredProgram, runs: number): Row {
  const times = Array.from({ length: 5 * runs }, () => milliseconds(() => meter(code)));
  return { promise: `rewriting: ${name}`, ours: median(times), unit: 'ms', peer: null, goal: null };
}

function meter(code: Uint8Array): Uint8Array {
  const module = decodeModule(code);
  if (!module.ok) throw new Error(module.error.message);
  return meterModule(module.value, { pages: 256, tableEntries: 1000 }).bytes;
}

function plainRun(code: Uint8Array, imports: WebAssembly.Imports): (argument: number) => void {
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(code)), imports).exports;
  if (typeof run !== 'function') throw new Error('a program exports `run`');
  return (argument) => void run(argument);
}

/** Calls out of each block to have its gas taken. */
function callingRun(code: Uint8Array): (argument: number) => void {
  let left = Number.MAX_SAFE_INTEGER;
  const usegas = (gas: number) => {
    left -= gas;
    if (left < 0) throw new Error('out of gas');
  };
  return plainRun(wasmMetering.meterWASM(Buffer.from(code), { meterType: 'i32' }), { metering: { usegas } });
}

function meteredRun(code: Uint8Array): (argument: number) => void {
  const limits = { ...defaultLimits, gas: 2 ** 40 };
  const loaded = createWasmContainer().load(code, [], limits);
  if (!loaded.ok) throw new Error(loaded.error.message);
  const environment = createEnvironment({
    message: {
      id: 0,
      from: null,
      to: '/' as never,
      method: 'run',
      args: Uint8Array.of(0x80),
      replyTo: null,
      gas: null,
    },
    limits,
    time: 0,
    seed: 0,
    answers: [],
    before: emptyTree,
  });
  return (argument) => {
    const { outcome } = loaded.value.run({ name: 'run', args: [argument] }, environment, null);
    if (outcome.kind !== 'ok') throw new Error(`a program runs to its end, not ${JSON.stringify(outcome)}`);
  };
}

function milliseconds(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
