/** One run on a machine: begun from outside, advanced until a condition holds, ended with an outcome. */
import { assert } from '../../base/result';
import type { Environment } from '../../environment/environment';
import type { Outcome } from '../../environment/outcome';
import type { Observer } from '../../imports/trace';
import { largestGas, largestStack } from '../../wasm/metering/meter';
import { typeAt } from '../../wasm/metering/plan';
import type { ValueType } from '../../wasm/shape';
import type { Entry, Scalar } from '../container';
import { type MachineParts, type Reason, type TrapOutcome, createAdvance } from './advance';
import { errorToReason, importedCallee, isAsked } from './call-import';
import { Register } from './operations';
import { type Stop, type Until, defaultSlice } from './stop';
import { scalarToBits, typedToScalar } from './typed-value';

/** What belongs to a run and lies in no memory. */
export interface RunInputs {
  readonly entry: Entry;
  readonly observer: Observer | null;
}

export interface Run {
  /** Of a machine that is as before any run. */
  begin(inputs: RunInputs, environment: Environment): Stop | null;
  run(until: Until): Stop;
  /** Of the run that is on, or was. */
  inputs(): RunInputs;
  isOver(): boolean;
  /** After the machine was put back to a moment of a run with these inputs. */
  resume(inputs: RunInputs): void;
  count(): number;
}

/** The calls from outside, in order. */
const phases = { start: 0, entry: 1 } as const;

/** How many calls an observer is shown of what led to a trap. */
const deepestStack = 64;

export function createRun(machine: MachineParts): Run {
  const { interpreter, parts, marks, host, stack, watch, externs } = machine;
  const { module } = parts;
  const { map } = parts.code;
  let inputs: RunInputs | null = null;
  let isOver = true;
  const advance = createAdvance(machine, goOn);

  const pc = (): number => interpreter.word(Register.pc) >>> 0;
  const depth = (): number => interpreter.word(Register.depth);
  const count = (): number => interpreter.long(Register.spent) - map.restAt(pc());

  function current(): RunInputs {
    assert(inputs !== null, 'a run has begun');
    return inputs;
  }

  function entryIndex(): number {
    const { name } = current().entry;
    const found = module.exports.find(
      (candidate) => candidate.kind === 'function' && candidate.name === name,
    );
    assert(found !== undefined, `the code exports the function ${name}`);
    return found.index;
  }

  const calledFromOutside = (): number =>
    interpreter.word(Register.phase) === phases.start ? (module.startFunction ?? 0) : entryIndex();

  /** Makes the frame of the call from outside that is next. What is imported itself has none: it is called at once. */
  function enter(phase: number): Stop | null {
    interpreter.setWord(Register.phase, phase);
    interpreter.setWord(Register.stack, Math.min(host.environment.limits.stack, largestStack));
    const index = calledFromOutside();
    const { params } = typeAt(module, module.functionTypes[index]);
    const { args } = current().entry;
    const bits = params.map((type, place) => {
      const value = phase === phases.entry ? args[place] : undefined;
      return type === 'externref' ? externs.toBits(value) : scalarToBits(type, value);
    });
    if (index >= module.importedFunctions) {
      stack.enter(index, bits);
      return null;
    }
    try {
      const result = host.call(index, bits, false);
      if (phase === phases.start) return enter(phases.entry);
      return finish(null, result === null ? [] : [result]);
    } catch (error) {
      return finish(errorToReason(error, null), []);
    }
  }

  /** Whether another call from outside was begun, now that one returned. */
  function goOn(): boolean {
    if (interpreter.word(Register.phase) === phases.entry) return false;
    // An entry that is an import has no code to stop in; its end is met when the run goes on.
    const index = entryIndex();
    if (index < module.importedFunctions) return false;
    enter(phases.entry);
    return true;
  }

  function finish(trap: (Reason & { readonly kind: 'trap' }) | null, results: readonly bigint[]): Stop {
    const gas = Math.min(host.environment.limits.gas, largestGas);
    const { observer } = current();
    isOver = true;
    if (trap !== null) {
      if (trap.inCode) observer?.onTrap(stack.positions(0, deepestStack));
      const left = gasAfter(trap.outcome);
      return {
        kind: 'end',
        result: { outcome: trap.outcome, returned: null, gasUsed: gas - left },
        results: [],
      };
    }
    const types = typeAt(module, module.functionTypes[entryIndex()]).results;
    const values = types.map((type, index) => resultToScalar(type, results[index] ?? 0n));
    const outcome: Outcome = { kind: 'ok', reply: host.environment.reply };
    const returned = values.length === 1 ? (values[0] ?? null) : null;
    const gasUsed = gas - interpreter.long(Register.gas);
    return { kind: 'end', result: { outcome, returned, gasUsed }, results: values };
  }

  /** As a host is given it; `null` for a reference to what is no scalar. */
  function resultToScalar(type: ValueType, bits: bigint): Scalar | null {
    if (type === 'funcref') return null;
    const value = type === 'externref' ? externs.fromBits(bits) : typedToScalar({ type, bits });
    return typeof value === 'number' || typeof value === 'bigint' ? value : null;
  }

  /** A call that goes too deep is charged for what it would have begun; and what the stack lacks, it takes from the gas. */
  function gasAfter({ reason, position }: TrapOutcome): number {
    if (reason === 'out of gas') return 0;
    const charged = reason === 'stack overflow' && position !== null ? interpreter.word(pc() + 8) + 1 : 0;
    return Math.max(0, interpreter.long(Register.gas) - charged);
  }

  /** The call from outside returned, and there is no other. */
  function done(until: Until): Stop {
    if (interpreter.word(Register.phase) === phases.start) {
      const stop = enter(phases.entry);
      assert(stop !== null, 'an imported entry ends at once');
      return stop;
    }
    if (interpreter.long(Register.gas) < 0) return trapped(outOfGas, until);
    const { results } = typeAt(module, module.functionTypes[entryIndex()]);
    return finish(null, stack.top(results.length));
  }

  function trapped(reason: Reason & { readonly kind: 'trap' }, until: Until): Stop {
    if (until.traps !== true) return finish(reason, []);
    const { outcome } = reason;
    return { kind: 'trap', reason: outcome.reason, detail: outcome.detail, outcome };
  }

  /** Goes on to the next instruction, past the structure that leads to it. */
  const settle = (): Reason =>
    advance(count(), { depth: 0, imports: undefined, undo: true, from: count(), settling: true });

  /** The first reason to stop that is not just the way to one. */
  function pursue(until: Until, from: number, target: number): Stop | Reason {
    const imports = until.imports;
    const conditions = { depth: 0, imports, undo: until.traps === true, from, settling: false };
    for (;;) {
      const global = marks.globalSetAt(pc());
      const isShallow = until.depth !== undefined && depth() <= until.depth;
      if (global === null && !isShallow) {
        const reason = advance(target, { ...conditions, depth: until.depth ?? 0 });
        if (reason.kind !== 'global set') return reason;
        continue;
      }
      const by = { ...map.positionAt(pc()), count: count() };
      const reason = advance(Math.min(by.count + 1, target), conditions);
      const isDone = count() > by.count && reason.kind !== 'trap';
      if (isDone && global !== null) return { kind: 'global', index: global, by };
      if (reason.kind !== 'count') return reason;
      if (isDone && until.depth !== undefined && depth() <= until.depth) return { kind: 'depth' };
      if (count() >= target) return reason;
    }
  }

  /** Where it stands because of something weaker, it may stand before a call that was asked for. */
  function orImport(stop: Stop, until: Until): Stop {
    const callee = until.imports?.when === 'before' ? importedCallee(machine) : null;
    if (callee === null) return stop;
    const imported = host.importAt(callee);
    if (!isAsked(until.imports, 'before', imported)) return stop;
    return { kind: 'import', when: 'before', set: imported.module, name: imported.name };
  }

  function toStop(reason: Stop | Reason, until: Until): Stop {
    switch (reason.kind) {
      case 'done':
        return done(until);
      case 'trap':
        return 'inCode' in reason ? trapped(reason, until) : reason;
      case 'global set':
      case 'count':
        return orImport({ kind: count() === until.count ? 'count' : 'slice' }, until);
      case 'depth': {
        const arrived = settle();
        const isHit = arrived.kind === 'breakpoint';
        return orImport(isHit ? { kind: 'breakpoint', hit: arrived.hit } : { kind: 'depth' }, until);
      }
      case 'breakpoint':
        settle();
        return orImport(reason, until);
      case 'memory':
      case 'global':
        settle();
        return reason;
      case 'import':
        if (reason.when === 'after') settle();
        return reason;
      default:
        return reason;
    }
  }

  return {
    begin(nextInputs, environment) {
      inputs = nextInputs;
      isOver = false;
      host.begin(environment, nextInputs.observer);
      interpreter.setLong(Register.gas, Math.min(environment.limits.gas, largestGas));
      const stop = enter(module.startFunction === null ? phases.entry : phases.start);
      if (stop === null) settle();
      return stop;
    },
    run(until) {
      assert(inputs !== null && !isOver, 'a run is on');
      const from = count();
      if (until.count !== undefined && until.count <= from) return { kind: 'count' };
      marks.place(until.breakpoints, until.globals ?? []);
      watch.set(until.memory ?? []);
      const target = Math.min(until.count ?? Infinity, from + (until.slice ?? defaultSlice));
      return toStop(pursue(until, from, target), until);
    },
    inputs: current,
    isOver: () => isOver,
    resume(nextInputs) {
      inputs = nextInputs;
      isOver = false;
    },
    count,
  };
}

const outOfGas: Reason & { readonly kind: 'trap' } = {
  kind: 'trap',
  outcome: { kind: 'trap', reason: 'out of gas', detail: null, position: null },
  inCode: false,
};
