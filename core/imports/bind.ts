/** Turns declared import sets into the functions that an instance is given. */
import { assert } from '../base/result';
import type { Answer } from '../environment/answer';
import { answerToReturned, findAnswer } from './answered';
import { countCall } from './calls';
import { type Guest, OutOfGas, Refusal } from './guest';
import type { Argument, ImportFunction, ImportSet, Returned } from './import-set';
import type { ImportCall } from './trace';
import { traceArguments } from './trace-arguments';

/** A wasm value as it crosses the border. */
export type WasmValue = number | bigint;

export type BoundFunction = (...raw: readonly WasmValue[]) => WasmValue | undefined;

/** By set and name, as an instance takes it. */
export type BoundImports = Readonly<Record<string, Readonly<Record<string, BoundFunction>>>>;

/**
 * The functions of all sets for one instance. They act on the run that the guest has at that moment: check what
 * they are given, take gas, answer by hand or by the handler, and tell the observer.
 */
export function bindImports(sets: readonly ImportSet[], guest: Guest): BoundImports {
  return Object.fromEntries(
    sets.map((set) => [
      set.name,
      Object.fromEntries(
        Object.entries(set.functions).map(([name, declared]) => [
          name,
          bindFunction({ set: set.name, name, declared }, guest),
        ]),
      ),
    ]),
  );
}

interface NamedFunction {
  readonly set: string;
  readonly name: string;
  readonly declared: ImportFunction;
}

interface Call {
  readonly args: Argument[];
  result: WasmValue | null;
  written: Uint8Array | null;
  answered: boolean;
}

function bindFunction(named: NamedFunction, guest: Guest): BoundFunction {
  const { declared } = named;
  const qualified = `${named.set}.${named.name}`;
  const { base, perByte } = declared.gas;
  const outAt = outPlace(declared);
  const out = declared.params.at(-1);
  const paidFirst = out?.kind === 'out' && out.filled === true;

  function invoke(raw: readonly WasmValue[], call: Call, hand: Answer | undefined): WasmValue | undefined {
    const memory = guest.memory();
    const readLength = takeArguments(named, raw, memory, call.args);
    const filledLength = paidFirst ? unsigned(raw[outAt + 1]) : 0;
    guest.charge(base + perByte * (readLength + filledLength));
    call.answered = hand !== undefined;
    const returned = hand === undefined ? declared.run(guest, call.args) : answerToReturned(hand, declared);
    if (outAt < 0) {
      if (declared.result === null) return undefined;
      assert(typeof returned === 'number' || typeof returned === 'bigint', `${qualified} returns a scalar`);
      call.result = returned;
      return returned;
    }
    call.result = giveBytes(raw, returned, call);
    return call.result;
  }

  /** Writes as much as fits; the result is the whole length. */
  function giveBytes(raw: readonly WasmValue[], returned: Returned, call: Call): number {
    if (returned === null || returned === undefined) return -1;
    assert(returned instanceof Uint8Array, `${qualified} returns bytes`);
    const capacity = unsigned(raw[outAt + 1]);
    const fitting = returned.length <= capacity ? returned : returned.subarray(0, capacity);
    if (perByte > 0 && !paidFirst) guest.charge(perByte * fitting.length);
    guest.write(unsigned(raw[outAt]), fitting);
    call.written = returned;
    return returned.length;
  }

  function observe(
    raw: readonly WasmValue[],
    hand: Answer | undefined,
    index: number,
  ): WasmValue | undefined {
    const call: Call = { args: [], result: null, written: null, answered: false };
    const stack = guest.stack();
    const traced = traceArguments(declared.params, raw, guest.memory());
    let refused: string | null = null;
    try {
      return invoke(raw, call, hand);
    } catch (error) {
      if (error instanceof Refusal) refused = error.detail;
      else if (error instanceof OutOfGas) refused = 'out of gas';
      throw error;
    } finally {
      const seen: ImportCall = {
        index,
        set: named.set,
        name: named.name,
        args: traced,
        result: call.result,
        written:
          call.written === null || out?.kind !== 'out'
            ? null
            : { pointer: unsigned(raw[outAt]), bytes: call.written.slice(), form: out.form },
        answered: call.answered,
        gasLeft: Math.max(0, guest.gasLeft()),
        refused,
        stack,
      };
      guest.observer?.onImport(seen);
    }
  }

  /** The path of every message: nothing is built but what the handler is given. */
  const quiet: Call = { args: [], result: null, written: null, answered: false };
  return (...raw) => {
    const { environment, observer } = guest;
    quiet.written = null;
    if (observer === null && environment.answers.length === 0) return invoke(raw, quiet, undefined);
    const index = guest.calls.count;
    const nth = countCall(guest.calls, qualified);
    const hand = findAnswer(environment.answers, qualified, nth);
    return observer === null ? invoke(raw, quiet, hand) : observe(raw, hand, index);
  };
}

/** Where the pointer of the `out` parameter is among the wasm parameters; -1 without one. */
function outPlace({ params }: ImportFunction): number {
  const place = params.reduce((count, { kind }) => count + (kind === 'scalar' ? 1 : 2), 0) - 2;
  return params.at(-1)?.kind === 'out' ? place : -1;
}

/** Fills `into` with checked arguments; gives the number of bytes that go in. */
function takeArguments(
  named: NamedFunction,
  raw: readonly WasmValue[],
  memory: Uint8Array,
  into: Argument[],
): number {
  const { params } = named.declared;
  let at = 0;
  let length = 0;
  for (let index = 0; index < params.length; index++) {
    const param = params[index];
    assert(param !== undefined, 'an index within the parameters');
    if (param.kind === 'scalar') {
      into[index] = raw[at] ?? 0;
      at += 1;
      continue;
    }
    const start = unsigned(raw[at]);
    const size = unsigned(raw[at + 1]);
    at += 2;
    if (start + size > memory.length) {
      throw new Refusal(
        'refused',
        `${named.set}.${named.name}: ${param.name} is ${size} bytes at ${start}, beyond the end of the memory of ${memory.length} bytes`,
      );
    }
    if (param.kind === 'in') {
      into[index] = size === 0 ? noBytes : memory.subarray(start, start + size);
      length += size;
    } else {
      into[index] = size;
    }
  }
  return length;
}

const noBytes = new Uint8Array();

const unsigned = (value: WasmValue | undefined): number =>
  typeof value === 'number' ? value >>> 0 : Number(value ?? 0) >>> 0;
