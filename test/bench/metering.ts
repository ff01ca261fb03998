/** What counting gas costs: run time next to the same code as it was given, code size, time to rewrite. */
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
  return programs.flatMap((program) => [timeRow(program, runs), sizeRow(program), rewriteRow(program, runs)]);
}

/** Each is timed often enough, in turns, for the engine to have compiled it as well as it can. */
function timeRow({ name, code, argument }: MeteredProgram, runs: number): Row {
  const plain = plainRun(code);
  const metered = meteredRun(code);
  const turns = Array.from({ length: 5 * runs + 5 }, () => ({
    plain: milliseconds(() => plain(argument)),
    metered: milliseconds(() => metered(argument)),
  })).slice(5);
  return {
    promise: `gas metering, warm: ${name}`,
    ours: median(turns.map((turn) => turn.metered)),
    unit: 'ms',
    peer: { name: 'the same code without gas', theirs: median(turns.map((turn) => turn.plain)) },
    goal: { atMost: 1.25 },
  };
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
  const metered = meterModule(module.value, { pages: 256, tableEntries: 1000 });
  if (!metered.ok) throw new Error(metered.error.message);
  return metered.value.bytes;
}

function plainRun(code: Uint8Array): (argument: number) => void {
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(code))).exports;
  if (typeof run !== 'function') throw new Error('a program exports `run`');
  return (argument) => void run(argument);
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
