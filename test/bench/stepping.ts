/** The stepping interpreter: how fast it runs, what keyframes cost it, and how quickly it goes back to one. */
import type { SteppingMachine, Snapshot } from '../../core/container/wasm-stepping/machine';
import { loadSteppingCode } from '../../core/container/wasm-stepping/load-stepping-code';
import { createEnvironment } from '../../core/environment/environment';
import { defaultLimits } from '../../core/environment/limits';
import { emptyTree } from '../../core/state/tree';
import { type MeteredProgram, buildPrograms, buildSteppedPrograms } from './metered-programs';
import { type Row, median } from './row';

/** Instructions between two keyframes. */
const interval = 250_000;
/** A start is not counted: the engine compiles the interpreter as well as it can while it runs. */
const warmUp = 3;

export async function steppingRows(runs: number): Promise<readonly Row[]> {
  const programs = [...(await buildPrograms()), ...(await buildSteppedPrograms())];
  return programs.flatMap((program) => measure(program, runs));
}

function measure({ name, code, argument }: MeteredProgram, runs: number): readonly Row[] {
  const limits = { ...defaultLimits, gas: 2 ** 40 };
  const loaded = loadSteppingCode(code, [], limits);
  if (!loaded.ok) throw new Error(loaded.error.message);
  const machine = loaded.value.createMachine();
  const start = () => machine.start({ name: 'run', args: [argument] }, environmentFor(limits), null);

  const turns = Array.from({ length: runs + warmUp }, () => {
    start();
    const plain = milliseconds(() => runToEnd(machine));
    const { count } = machine.position();
    start();
    const keyframes: Snapshot[] = [];
    const kept = milliseconds(() => runWithKeyframes(machine, keyframes));
    const back = keyframes.toReversed().map((keyframe) => milliseconds(() => machine.restore(keyframe)));
    const bytes = keyframes.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return { plain, kept, count, back: median(back), bytes: bytes / keyframes.length };
  }).slice(warmUp);
  const middle = (figure: 'plain' | 'kept' | 'count' | 'back' | 'bytes'): number =>
    median(turns.map((turn) => turn[figure]));

  return [
    {
      promise: `stepping VM: ${name}`,
      ours: middle('count') / middle('plain') / 1000,
      unit: 'million instructions/s',
      peer: null,
      goal: { atLeast: 200 },
    },
    {
      promise: `keyframes every ${interval.toLocaleString('en-US')}: ${name}`,
      ours: middle('kept'),
      unit: 'ms',
      peer: { name: 'the same run without', theirs: middle('plain') },
      goal: { atMost: 1.5 },
    },
    { promise: `a keyframe: ${name}`, ours: middle('bytes'), unit: 'bytes', peer: null, goal: null },
    { promise: `back to a keyframe: ${name}`, ours: middle('back'), unit: 'ms', peer: null, goal: null },
  ];
}

function runToEnd(machine: SteppingMachine): void {
  while (machine.run({}).kind !== 'end');
}

function runWithKeyframes(machine: SteppingMachine, keyframes: Snapshot[]): void {
  do keyframes.push(machine.snapshot());
  while (machine.run({ slice: interval }).kind !== 'end');
}

const environmentFor = (limits: typeof defaultLimits) =>
  createEnvironment({
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

function milliseconds(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
