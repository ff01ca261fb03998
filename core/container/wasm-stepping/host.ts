/** The side of a run that is not the code's: its environment, and the imports that the code calls. */
import { assert } from '../../base/result';
import type { Answer } from '../../environment/answer';
import type { Environment } from '../../environment/environment';
import type { Draft } from '../../environment/message';
import type { CodePosition } from '../../environment/outcome';
import { type WasmValue, bindImports } from '../../imports/bind';
import { type ImportCalls, countCall, createImportCalls, resetCalls } from '../../imports/calls';
import { type Guest, OutOfGas, Refusal } from '../../imports/guest';
import { traceArguments } from '../../imports/trace-arguments';
import type { ImportCall, Observer, TracedArgument } from '../../imports/trace';
import { typeAt } from '../../wasm/metering/plan';
import type { ModuleImport, ValueType } from '../../wasm/shape';
import type { StateTree } from '../../state/tree';
import type { Interpreter } from './interpreter';
import { Register } from './operations';
import type { SteppingParts } from './parts';
import { scalarToBits, typedToScalar } from './typed-value';

/** What the run did outside of its instance, as it was at a moment. */
export interface HostMoment {
  readonly environment: Environment;
  readonly answers: readonly Answer[];
  readonly state: StateTree;
  readonly sends: readonly Draft[];
  readonly logs: readonly string[];
  readonly reply: Uint8Array | null;
  readonly randomDrawn: number;
  readonly calls: number;
  readonly callsByImport: ReadonlyMap<string, number>;
}

export interface Host {
  readonly environment: Environment;
  readonly calls: ImportCalls;
  begin(environment: Environment, observer: Observer | null): void;
  observe(observer: Observer | null): void;
  importAt(functionIndex: number): ModuleImport;
  /**
   * Calls an import; gives the bits of its result. Throws what ends the run, an `OutOfGas` or a `Refusal`, and leaves
   * all as it was when `undo` says so: the observer isn't told then, either.
   */
  call(functionIndex: number, operands: readonly bigint[], undo: boolean): bigint | null;
  /** What a call of an import with these operands would be shown as. */
  trace(functionIndex: number, operands: readonly bigint[]): readonly TracedArgument[];
  addAnswer(answer: Answer): void;
  /** Shares with `before` what is the same. */
  keep(before: HostMoment | null): HostMoment;
  putBack(moment: HostMoment): void;
}

/** What imports see and do of the instance. */
export interface HostSide {
  readonly stack: () => readonly CodePosition[];
  /** Told of each write, in bytes. */
  readonly onWrite: (address: number, length: number) => void;
}

export function createHost(interpreter: Interpreter, parts: SteppingParts, side: HostSide): Host {
  const { module, layout } = parts;
  const imports = module.imports.filter(({ kind }) => kind === 'function');
  const calls = createImportCalls();
  const memory = (): Uint8Array =>
    interpreter.bytes().subarray(layout.memory, layout.memory + interpreter.long(Register.memorySize));

  /** Stands between the guest and the observer, so that what is undone isn't seen. */
  let observer: Observer | null = null;
  let seen: ImportCall | null = null;
  const holding: Observer = {
    onImport: (call) => void (seen = call),
    onTrap: (stack) => observer?.onTrap(stack),
  };

  let guest: (Guest & { environment: Environment }) | null = null;
  let bound: ReturnType<typeof bindImports> = {};

  const current = (): Guest => {
    assert(guest !== null, 'a run has begun');
    return guest;
  };

  function createGuest(environment: Environment): Guest {
    return {
      environment,
      observer: null,
      calls,
      memory,
      write(address, bytes) {
        memory().set(bytes, address);
        if (bytes.length > 0) side.onWrite(address, bytes.length);
      },
      gasLeft: () => interpreter.long(Register.gas),
      stack: side.stack,
      charge(gas) {
        const left = interpreter.long(Register.gas) - Math.trunc(gas);
        interpreter.setLong(Register.gas, left);
        if (left < 0) throw new OutOfGas();
      },
    };
  }

  function actIn(environment: Environment): void {
    if (guest === null) {
      guest = createGuest(environment);
      bound = bindImports(parts.sets, guest);
    }
    guest.environment = environment;
  }

  function keep(before: HostMoment | null): HostMoment {
    const { environment } = current();
    const { answers, state, sends, logs, reply, randomDrawn } = environment;
    const isSame = before !== null && before.calls === calls.count && before.environment === environment;
    return {
      environment,
      answers,
      state,
      sends: isSame ? before.sends : sends.slice(),
      logs: isSame ? before.logs : logs.slice(),
      reply,
      randomDrawn,
      calls: calls.count,
      callsByImport: isSame ? before.callsByImport : new Map(calls.countByImport),
    };
  }

  function putBack(moment: HostMoment): void {
    const { environment, answers, state, sends, logs, reply, randomDrawn } = moment;
    actIn({ ...environment, answers, state, sends: sends.slice(), logs: logs.slice(), reply, randomDrawn });
    calls.count = moment.calls;
    calls.countByImport.clear();
    for (const [name, count] of moment.callsByImport) calls.countByImport.set(name, count);
  }

  /** An import only adds to lists; so it is undone without a copy of them. */
  function rememberNow(): () => void {
    const { environment } = current();
    const { state, reply, randomDrawn, sends, logs } = environment;
    const lengths = { sends: sends.length, logs: logs.length, calls: calls.count };
    const callsByImport = new Map(calls.countByImport);
    const gas = interpreter.bits(Register.gas);
    return () => {
      Object.assign(environment, { state, reply, randomDrawn });
      sends.length = lengths.sends;
      logs.length = lengths.logs;
      calls.count = lengths.calls;
      calls.countByImport.clear();
      for (const [name, count] of callsByImport) calls.countByImport.set(name, count);
      interpreter.setBits(Register.gas, gas);
    };
  }

  function importAt(functionIndex: number): ModuleImport {
    const found = imports[functionIndex];
    assert(found !== undefined, `function ${functionIndex} is imported`);
    return found;
  }

  function scalarsOf(functionIndex: number, operands: readonly bigint[]): (number | bigint)[] {
    const { params } = typeAt(module, module.functionTypes[functionIndex]);
    return params.map((type, index) => typedToScalar({ type, bits: operands[index] ?? 0n }) ?? 0);
  }

  return {
    get environment() {
      return current().environment;
    },
    calls,
    begin(environment, nextObserver) {
      actIn(environment);
      resetCalls(calls);
      observer = nextObserver;
    },
    observe: (nextObserver) => void (observer = nextObserver),
    importAt,
    call(functionIndex, operands, undo) {
      const { module: set, name } = importAt(functionIndex);
      const { results } = typeAt(module, module.functionTypes[functionIndex]);
      const raw = scalarsOf(functionIndex, operands);
      const run = bound[set]?.[name];
      assert(run !== undefined, `${set}.${name} is bound`);
      const guestNow = current();
      const isCounted = observer !== null || guestNow.environment.answers.length > 0;
      const putBackAsBefore = undo ? rememberNow() : null;
      guestNow.observer = observer === null ? null : holding;
      seen = null;
      try {
        if (!isCounted) countCall(calls, `${set}.${name}`);
        return resultOf(run(...raw), results[0]);
      } catch (error) {
        const isRefused = error instanceof OutOfGas || error instanceof Refusal;
        if (isRefused && putBackAsBefore !== null) {
          putBackAsBefore();
          seen = null;
        }
        throw error;
      } finally {
        if (seen !== null) observer?.onImport(seen);
      }
    },
    trace(functionIndex, operands) {
      const { module: setName, name } = importAt(functionIndex);
      const declared = parts.sets.find((set) => set.name === setName)?.functions[name];
      assert(declared !== undefined, `${setName}.${name} is declared`);
      return traceArguments(declared.params, scalarsOf(functionIndex, operands), memory());
    },
    addAnswer(answer) {
      const { environment } = current();
      environment.answers = [...environment.answers, answer];
    },
    keep,
    putBack,
  };
}

const resultOf = (value: WasmValue | undefined, type: ValueType | undefined): bigint | null =>
  type === undefined ? null : scalarToBits(type, value);
