/** Runs every function of a module in plain V8 and in the containers, and tells what differs. */
import type { RunResult, Scalar } from '../../core/container/container';
import type { TrapReason } from '../../core/environment/outcome';
import { describeModule } from '../../core/wasm/describe';
import type { FunctionType, ValueType } from '../../core/wasm/shape';
import { generousLimits } from './environment';
import { bytesFromSeed } from './random';
import { type LoadedSubject, subjects } from './subjects';

export type Arguments = readonly (Scalar | null)[];

export interface ExportedFunction {
  readonly name: string;
  readonly type: FunctionType;
}

export interface Call extends ExportedFunction {
  readonly args: Arguments;
  /** Whether it is seen that just its gas suffices, and one unit less doesn't. */
  readonly isGasTried: boolean;
}

/** Which functions of a module are called, and with what. */
export type ChooseCalls = (functions: readonly ExportedFunction[]) => readonly Call[];

/**
 * One line for each difference; none when all agree. Globals, tables and the memory are compared where they are
 * exported as `exposeAll` names them; gas and the position of a trap, which plain V8 doesn't know, between the
 * containers.
 */
export function compareWithPlain(bytes: Uint8Array, chooseCalls: ChooseCalls): string[] {
  const shape = describeModule(bytes);
  if (!shape.ok) return [`not read: ${shape.error.message} at ${shape.error.position?.offset}`];
  const loaded: LoadedSubject[] = [];
  for (const { kind, load } of subjects) {
    const subject = load(bytes);
    if (!subject.ok) {
      return [`${kind}: not taken: ${subject.error.message} at ${subject.error.position?.offset}`];
    }
    loaded.push(subject.value);
  }
  const plainModule = new WebAssembly.Module(new Uint8Array(bytes));
  const functions = shape.value.exports.flatMap(({ name, type }) => (type === null ? [] : [{ name, type }]));
  return chooseCalls(functions).flatMap((call) =>
    compareCall(call, plainModule, loaded).map(
      (difference) => `${call.name}(${call.args.map(String).join(', ')}): ${difference}`,
    ),
  );
}

/** Each function, with each of the arguments that are chosen for it. */
export const allCalls =
  (chooseArguments: (type: FunctionType) => readonly Arguments[]): ChooseCalls =>
  (functions) =>
    functions.flatMap((called) =>
      chooseArguments(called.type).map((args, turn) => ({ ...called, args, isGasTried: turn === 0 })),
    );

/** So many calls of a module, from its first function to its last: half with values of the edges, half with any. */
export const someCalls =
  (count: number, seed: number): ChooseCalls =>
  (functions) => {
    const random = new DataView(bytesFromSeed(seed, 1024).buffer);
    const taken = Math.min(count, functions.length);
    return Array.from({ length: taken }, (_, turn) => {
      const called = functions[Math.floor((turn * functions.length) / taken)] as ExportedFunction;
      const args = called.type.params.map((type, place) => {
        const at = (turn * 64 + place * 8) % 1016;
        return random.getUint8(at) % 2 === 0
          ? edgeAt(type, random.getUint8(at + 1))
          : anyAt(type, random, at);
      });
      return { ...called, args, isGasTried: turn % 4 === 0 };
    });
  };

function edgeAt(type: ValueType, place: number): Scalar | null {
  const values = edges[type];
  return values[place % values.length] ?? null;
}

function anyAt(type: ValueType, random: DataView, at: number): Scalar | null {
  if (type === 'i32') return random.getInt32(at);
  if (type === 'i64') return random.getBigInt64(at);
  if (type === 'f32') return random.getFloat32(at);
  return type === 'f64' ? random.getFloat64(at) : null;
}

/** All combinations of values at which instructions change what they do. */
export function edgeArguments({ params }: FunctionType): readonly Arguments[] {
  return params.reduce<readonly Arguments[]>(
    (combinations, type) => combinations.flatMap((start) => edges[type].map((value) => [...start, value])),
    [[]],
  );
}

function compareCall(
  call: Call,
  plainModule: WebAssembly.Module,
  loaded: readonly LoadedSubject[],
): string[] {
  const plain = runPlain(plainModule, call);
  const runs = loaded.map((subject) => runSubject(subject, call, generousLimits.gas));
  const differences = loaded.flatMap((subject, place) => {
    const ours = runs[place];
    return ours === undefined
      ? []
      : compareRun(call, plain, subject, ours).map((difference) => `${subject.kind}: ${difference}`);
  });
  return differences.length > 0 ? differences : compareContainers(runs);
}

function compareRun(call: Call, plain: PlainRun, subject: LoadedSubject, ours: RunResult): string[] {
  const differences = [
    ...compareOutcomes(call.type, plain, ours),
    ...compareResults(plain, subject.results()),
  ];
  if (differences.length > 0 || isOverflow(ours)) return differences;
  return [...compareState(plain.instance, subject), ...checkGas(subject, call, ours)];
}

/** Where the engine's own stack ends, which is nowhere in particular, a run has neither gas nor position. */
const isOverflow = ({ outcome }: RunResult): boolean =>
  outcome.kind === 'trap' && outcome.reason === 'stack overflow';

/** What the containers tell of the same run, to the unit of gas and the offset of the instruction. */
function compareContainers([first, ...others]: readonly RunResult[]): string[] {
  if (first === undefined || isOverflow(first)) return [];
  const told = ({ outcome, gasUsed }: RunResult): string => JSON.stringify({ outcome, gasUsed });
  return others.flatMap((other) =>
    told(other) === told(first) ? [] : [`${told(first)} in one container, ${told(other)} in another`],
  );
}

interface PlainRun {
  readonly instance: WebAssembly.Instance;
  readonly trap: string | null;
  readonly returned: unknown;
}

function runPlain(module: WebAssembly.Module, { name, args }: Call): PlainRun {
  const instance = new WebAssembly.Instance(module, {});
  const run = instance.exports[name];
  if (typeof run !== 'function') throw new Error(`${name} is exported`);
  try {
    return { instance, trap: null, returned: run(...args) as unknown };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { instance, trap: error.message, returned: null };
  }
}

const runSubject = (subject: LoadedSubject, { name, args }: Call, gas: number): RunResult =>
  subject.run({ name, args: args as readonly Scalar[] }, gas);

function compareOutcomes(type: FunctionType, plain: PlainRun, ours: RunResult): string[] {
  const { outcome, returned } = ours;
  if (plain.trap !== null || outcome.kind === 'trap') {
    const expected =
      plain.trap === null ? ['ok'] : (reasonsByMessage[plain.trap] ?? [`unknown: ${plain.trap}`]);
    const seen = outcome.kind === 'trap' ? outcome.reason : outcome.kind;
    return expected.some((reason) => reason === seen)
      ? []
      : [`${expected.join(' or ')} expected, ${seen} seen`];
  }
  const [result] = type.results;
  const isScalar = type.results.length === 1 && result !== 'funcref' && result !== 'externref';
  if (!isScalar || Object.is(plain.returned, returned)) return [];
  return [`${plain.returned} expected, ${returned} seen`];
}

/** Of several; a reference is one, whatever it is to. */
function compareResults(plain: PlainRun, ours: readonly unknown[] | null): string[] {
  if (plain.trap !== null || ours === null || !Array.isArray(plain.returned)) return [];
  const differs = plain.returned.some(
    (expected, place) => typeof expected !== 'function' && !Object.is(expected, ours[place]),
  );
  return differs
    ? [`${plain.returned.map(String).join(', ')} expected, ${ours.map(String).join(', ')} seen`]
    : [];
}

function compareState(plain: WebAssembly.Instance, ours: LoadedSubject): string[] {
  const differences: string[] = [];
  const { m: memory } = plain.exports;
  if (
    memory instanceof WebAssembly.Memory &&
    Buffer.compare(Buffer.from(memory.buffer), ours.memory()) !== 0
  ) {
    const theirs = new Uint8Array(memory.buffer);
    const at = ours.memory().findIndex((byte, index) => byte !== theirs[index]);
    differences.push(`memory differs at ${at}, sizes ${theirs.length} and ${ours.memory().length}`);
  }
  for (const [index, value] of ours.globals()) {
    const expected = plain.exports[`g${index}`];
    if (!(expected instanceof WebAssembly.Global)) continue;
    if (!isSame(expected.value, value))
      differences.push(`global ${index}: ${expected.value} expected, ${value} seen`);
  }
  ours.tables().forEach((entries, index) => {
    const expected = plain.exports[`t${index}`];
    if (!(expected instanceof WebAssembly.Table)) throw new Error(`table ${index} is exported`);
    const differs =
      expected.length !== entries.length || entries.some((entry, at) => !isSame(expected.get(at), entry));
    if (differs) differences.push(`table ${index} differs`);
  });
  return differences;
}

/** Functions of two instances are never the same; that both are functions is enough. */
const isSame = (left: unknown, right: unknown): boolean =>
  Object.is(left, right) || (typeof left === 'function' && typeof right === 'function');

/** The same run takes the same gas, just enough of it suffices, and one unit less doesn't. */
function checkGas(subject: LoadedSubject, call: Call, first: RunResult): string[] {
  if (!call.isGasTried) return [];
  const exact = runSubject(subject, call, first.gasUsed);
  if (exact.gasUsed !== first.gasUsed || exact.outcome.kind !== first.outcome.kind) {
    return [`with ${first.gasUsed} gas, which it took: ${JSON.stringify(exact)}`];
  }
  const short = runSubject(subject, call, first.gasUsed - 1);
  const isOut = short.outcome.kind === 'trap' && short.outcome.reason === 'out of gas';
  return isOut ? [] : [`with one gas less than ${first.gasUsed}: ${JSON.stringify(short.outcome)}`];
}

const reasonsByMessage: Readonly<Record<string, readonly TrapReason[]>> = {
  unreachable: ['unreachable'],
  'memory access out of bounds': ['out of bounds memory access'],
  'divide by zero': ['integer divide by zero'],
  'remainder by zero': ['integer divide by zero'],
  'divide result unrepresentable': ['integer overflow'],
  'float unrepresentable in integer range': ['integer overflow', 'invalid conversion to integer'],
  'table index is out of bounds': ['undefined element', 'out of bounds table access'],
  'element segment out of bounds': ['out of bounds table access'],
  'null function or function signature mismatch': ['uninitialized element', 'indirect call type mismatch'],
  'Maximum call stack size exceeded': ['stack overflow'],
};

const edges: Readonly<Record<ValueType, Arguments>> = {
  i32: [0, 1, -1, 7, 31, 32, 0x55aa55aa, 65_535, 0x7fffffff, -0x80000000],
  i64: [0n, 1n, -1n, 63n, 64n, 0x55aa55aa55aa55aan, 1n << 32n, (1n << 63n) - 1n, -(1n << 63n)],
  f32: [
    0,
    -0,
    1,
    -1.5,
    2.5,
    1e-45,
    2147483648,
    -2147483904,
    4294967296,
    9223372036854775808,
    Infinity,
    -Infinity,
    NaN,
  ],
  f64: [
    0,
    -0,
    1,
    -1.5,
    0.5,
    5e-324,
    2147483647.9,
    -2147483649,
    4294967296,
    9223372036854775808,
    Infinity,
    -Infinity,
    NaN,
  ],
  v128: [null],
  funcref: [null],
  externref: [null],
};
