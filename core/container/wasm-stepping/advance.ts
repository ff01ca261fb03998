/** Runs the interpreter on, and does what it leaves to the machine: calls of imports, and calls from outside. */
import { assert } from '../../base/result';
import type { Outcome } from '../../environment/outcome';
import { callImport } from './call-import';
import type { Externs } from './externs';
import type { Host } from './host';
import type { Interpreter } from './interpreter';
import type { Marks } from './marks';
import type { MemoryWatch } from './memory-watch';
import { Register, Status, Trap } from './operations';
import type { SteppingParts } from './parts';
import type { PlacedWords } from './placed-words';
import type { Stack } from './stack';
import type { MemoryRange, Until, Writer } from './stop';
import { trapReasons } from './traps';

/** Why it went no further. Only after `count` it is sure to stand at an instruction. */
export type Reason =
  | { readonly kind: 'count' | 'depth' | 'global set' }
  | { readonly kind: 'done' }
  | { readonly kind: 'breakpoint'; readonly hit: readonly number[] }
  | {
      readonly kind: 'import';
      readonly when: 'before' | 'after';
      readonly set: string;
      readonly name: string;
    }
  | { readonly kind: 'memory'; readonly written: MemoryRange; readonly by: Writer }
  /** `inCode` unless an import threw it. */
  | { readonly kind: 'trap'; readonly outcome: TrapOutcome; readonly inCode: boolean };

export type TrapOutcome = Outcome & { readonly kind: 'trap' };

export interface Conditions {
  /** Returns to this depth or less are told; 0 for none. */
  readonly depth: number;
  readonly imports: Until['imports'];
  /** Whether an import that ends the run is undone. */
  readonly undo: boolean;
  /** The count at which the run stood: no condition is tested there. */
  readonly from: number;
  /** Whether it goes on past breakpoints, on the way to the next instruction. */
  readonly settling: boolean;
}

export interface Advance {
  /** To the instruction of this number, or to where a condition holds. */
  (target: number, conditions: Conditions): Reason;
}

export interface MachineParts {
  readonly parts: SteppingParts;
  readonly interpreter: Interpreter;
  readonly words: PlacedWords;
  readonly marks: Marks;
  readonly host: Host;
  readonly stack: Stack;
  readonly watch: MemoryWatch;
  readonly externs: Externs;
}

/** Instructions after which the interpreter returns at the latest; the engine can put better code in its place then. */
const firstStretch = 50_000;
const longestStretch = 4_000_000;

/** `goOn` is asked when a call from outside returned; whether another one was begun. */
export function createAdvance(machine: MachineParts, goOn: () => boolean): Advance {
  const { interpreter, words, marks, watch, parts } = machine;
  const { map } = parts.code;
  let stretch = firstStretch;

  const pc = (): number => interpreter.word(Register.pc) >>> 0;

  function placeStop(address: number): void {
    words.placeStop(address);
    interpreter.setLong(Register.limit, Number.MAX_SAFE_INTEGER);
  }

  function limitBefore(target: number): void {
    interpreter.setLong(Register.limit, Math.min(target, interpreter.long(Register.spent) + stretch));
  }

  /** A straight line begins that goes beyond the limit. */
  function passLimit(target: number): void {
    const spent = interpreter.long(Register.spent);
    const line = interpreter.word(pc() + 4);
    if (spent + line > target) {
      placeStop(map.addresses[map.placeFrom(pc() + 1) + target - spent] ?? 0);
      return;
    }
    stretch = Math.max(line, Math.min(2 * stretch, longestStretch));
    limitBefore(target);
  }

  /** What stands where the run was to stop. */
  function arrive(): Reason {
    words.removeStop();
    const hit = marks.passes(pc()) ? marks.stopping(pc()) : [];
    return hit.length > 0 ? { kind: 'breakpoint', hit } : { kind: 'count' };
  }

  function advance(target: number, conditions: Conditions): Reason {
    const rest = map.restAt(pc());
    const ahead = target - interpreter.long(Register.spent) + rest;
    if (rest > 0 && ahead <= 0) return { kind: 'count' };
    interpreter.setWord(Register.stopDepth, conditions.depth);
    limitBefore(target);
    if (ahead < rest) placeStop(map.addresses[map.placeFrom(pc()) + ahead] ?? 0);
    let first = words.operationAt(pc());
    for (;;) {
      const status = interpreter.run(first);
      switch (status) {
        case Status.NearLimit:
          passLimit(target);
          first = words.operationAt(pc());
          break;
        case Status.Stopped:
          return arrive();
        case Status.Breakpoint: {
          const hit = marks.stopping(pc());
          if (!conditions.settling && hit.length > 0) return { kind: 'breakpoint', hit };
          if (!conditions.settling && marks.globalSetAt(pc()) !== null) return { kind: 'global set' };
          first = words.operationAt(pc());
          break;
        }
        case Status.Depth:
          return { kind: 'depth' };
        case Status.Written:
          return {
            kind: 'memory',
            written: watch.seen(),
            by: writerAt(interpreter.word(Register.writer) >>> 0),
          };
        case Status.Trap:
          return trapped();
        case Status.Done:
          if (!goOn()) return { kind: 'done' };
          first = interpreter.word(pc());
          break;
        case Status.Import: {
          const reason = callImport(machine, conditions, writerAt);
          if (reason !== null) return reason;
          first = interpreter.word(pc());
          break;
        }
        default:
          assert(false, `the interpreter has no status ${status as number}`);
      }
    }
  }

  /** The instruction at an address of the line that is on, as the one that wrote something. */
  function writerAt(address: number): Writer {
    return { ...map.positionAt(address), count: interpreter.long(Register.spent) - map.restAt(address) };
  }

  function trapped(): Reason {
    // Once out of gas, any trap is that one: where it is noticed is up to the code.
    const isOutOfGas = interpreter.long(Register.gas) < 0;
    const trap: Trap = isOutOfGas ? Trap.OutOfGas : interpreter.word(Register.trap);
    const position = map.positionAt(pc());
    const outcome: TrapOutcome = { kind: 'trap', reason: trapReasons[trap], detail: null, position };
    return { kind: 'trap', outcome, inCode: true };
  }

  return (target, conditions) => {
    try {
      return advance(target, conditions);
    } finally {
      words.removeStop();
    }
  };
}
