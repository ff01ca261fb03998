/** Import sets whose functions are scripts. Each call sees the script as new, and its gas is the run's. */
import { bytesToText } from '../../base/bytes';
import { assert } from '../../base/result';
import { type Value, decodeValue, encodeValue } from '../../base/value';
import type { Environment } from '../../environment/environment';
import type { Limits } from '../../environment/limits';
import type { CarriedSet } from '../../imports/carried-set';
import { bytesIn, bytesOf, bytesOut, declare } from '../../imports/declare';
import { type Guest, OutOfGas, Refusal } from '../../imports/guest';
import type {
  Argument,
  DeclaredFunction,
  ImportFunction,
  ImportSet,
  Param,
  Returned,
} from '../../imports/import-set';
import { valueToReturned } from '../../imports/returned';
import type { Cut } from '../../javascript/evaluate';
import { type Script, createSandbox } from '../../javascript/sandbox';
import { largestGas } from '../../wasm/metering/meter';
import { type ScriptImports, createImports } from './imports';
import { type Places, createPlaces } from './places';
import { isTooDeep, withPlace } from './run';

/** A set that code carries, as one that it can be given. Its script is loaded when it is first called. */
export function createScriptedSet(carried: CarriedSet, limits: Limits): ImportSet {
  const { name: set, doc, functions, files } = carried;
  const places = createPlaces({ files });
  let script: Script | null = null;
  let call: Call | null = null;
  let imports: ScriptImports | null = null;

  function current(): Call {
    assert(call !== null, 'a script asks while it is called');
    return call;
  }

  /** What the script's side, `guest/set.js`, asks of this one. */
  const asked: ImportSet = {
    name: set,
    doc: '',
    functions: {
      arguments: declare('', [bytesOut('value')], { result: 'i32', run: () => current().args }),
      result: declare('', [bytesIn('result', 'value')], {
        run: (_guest, [result]) => void (current().result = bytesOf(result).slice()),
      }),
    },
  };

  function run(name: string, args: Uint8Array, guest: Guest): Uint8Array | null {
    script ??= load(carried, limits);
    imports ??= createImports([asked], guest.environment, places);
    imports.begin(unanswered(guest.environment), null);
    const own: Call = { args, result: null };
    call = own;
    const gas = Math.min(guest.gasLeft(), largestGas);
    const { cut, gasLeft } = script.run(name, gas, imports.call);
    guest.charge(gas - gasLeft);
    if (cut !== null) throw cutToRefusal(cut, `${set}.${name}`, places);
    return own.result;
  }

  const createFunction = (name: string, declared: DeclaredFunction): ImportFunction => ({
    ...declared,
    run(guest, args) {
      const result = run(name, encodeArguments(`${set}.${name}`, declared, args), guest);
      return resultToReturned(`${set}.${name}`, declared, result);
    },
  });

  return {
    name: set,
    doc,
    functions: Object.fromEntries(
      Object.entries(functions).map(([name, declared]) => [name, createFunction(name, declared)]),
    ),
  };
}

interface Call {
  readonly args: Uint8Array;
  result: Uint8Array | null;
}

const sandbox = createSandbox(new Map());

const pageBytes = 1 << 16;

/** Slots of 8 bytes, on top of those that the code has used when it calls. */
const stackOfScript = 100_000;

function load({ name, functions, files }: CarriedSet, { pages, stack }: Limits): Script {
  const textByPath = new Map(files.map(({ path, text }) => [path, text]));
  const types = Object.entries(functions).map(([functionName, { params, result }]) => {
    const out = params.find(({ kind }) => kind === 'out');
    return [functionName, { params: params.map(typeOf), result: out === undefined ? result : typeOf(out) }];
  });
  const loaded = sandbox.load({
    main: `
      import set from ${JSON.stringify(files[0]?.path ?? '')};
      import { serveSet } from 'kernelscope/set';
      export default serveSet(set, ${JSON.stringify(Object.fromEntries(types))});`,
    read: (path) => textByPath.get(path) ?? null,
    limits: { memory: pages * pageBytes, stack: Math.min(stack, stackOfScript) },
  });
  if (!loaded.ok)
    throw new Refusal('refused', `the import set ${name} can't be loaded: ${loaded.error.message}`);
  return loaded.value;
}

const typeOf = (param: Param): string => (param.kind === 'scalar' ? param.type : param.form);

/** Answers by hand are for the code's calls, not for what a script asks. */
const unanswered = (environment: Environment): Environment =>
  environment.answers.length === 0 ? environment : { ...environment, answers: [] };

function encodeArguments(
  called: string,
  { params }: DeclaredFunction,
  args: readonly Argument[],
): Uint8Array {
  return encodeValue(params.flatMap((param, index) => argumentToValue(called, param, args[index] ?? 0)));
}

/** None for an `out` parameter. */
function argumentToValue(called: string, param: Param, argument: Argument): readonly Value[] {
  if (param.kind === 'out') return [];
  if (param.kind === 'scalar') {
    const isFloat = param.type === 'f32' || param.type === 'f64';
    return [
      isFloat
        ? floatToBytes(Number(argument))
        : typeof argument === 'bigint'
          ? simplest(argument)
          : Number(argument),
    ];
  }
  const bytes = bytesOf(argument);
  if (param.form === 'bytes') return [bytes.slice()];
  if (param.form === 'text') return [bytesToText(bytes)];
  const value = decodeValue(bytes);
  if (!value.ok) throw new Refusal('refused', `${called}: ${param.name} is ${value.error.message}`);
  return [value.value];
}

const simplest = (integer: bigint): Value => {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
};

function resultToReturned(called: string, declared: DeclaredFunction, result: Uint8Array | null): Returned {
  const decoded = result === null ? null : decodeValue(result);
  if (decoded?.ok === false) throw new Refusal('refused', `what ${called} gives is ${decoded.error.message}`);
  const [value]: readonly Value[] = Array.isArray(decoded?.value) ? decoded.value : [];
  const isNothing = value === undefined && declared.params.at(-1)?.kind === 'out';
  if (isNothing || declared.result === null) return null;
  if (value instanceof Uint8Array && value.length === 8) {
    if (declared.result === 'f64') return bytesToFloat(value);
    if (declared.result === 'f32') return Math.fround(bytesToFloat(value));
  }
  return valueToReturned(value ?? null, declared, `what ${called} gives`);
}

function floatToBytes(float: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, float);
  return bytes;
}

/** There is one that is not a number, whichever bits the script had for it. */
function bytesToFloat({ buffer, byteOffset }: Uint8Array): number {
  const float = new DataView(buffer, byteOffset).getFloat64(0);
  return Number.isNaN(float) ? NaN : float;
}

/** Rethrows what no script can cause. */
function cutToRefusal(cut: Cut, called: string, places: Places): Refusal | OutOfGas {
  switch (cut.kind) {
    case 'out of gas':
      return new OutOfGas();
    case 'stack overflow':
      return new Refusal('refused', `${called} calls too deep`);
    case 'broken':
      return new Refusal('refused', `${called}: the interpreter gave up`);
    case 'uncaught':
      return new Refusal(
        'refused',
        `${called}: ${isTooDeep(cut) ? 'it calls too deep' : withPlace(cut, places)}`,
      );
    case 'stopped':
      if (cut.by instanceof OutOfGas || cut.by instanceof Refusal) return cut.by;
      throw cut.by;
  }
}
