/** Evaluating modules and calling functions in a context of QuickJS, and what comes of it. */
import { textToBytes } from '../base/bytes';
import { type Result, err, ok } from '../base/result';
import { isStackOverflow, isTrap } from '../wasm/engine';
import type { Pointer, QuickJs } from './quickjs';
import { type ScriptPlace, readStack } from './script-place';

/** A context of QuickJS, by where it is in the instance's memory. */
export interface ScriptContext {
  readonly runtime: Pointer;
  readonly context: Pointer;
}

/** An error that nothing in the script caught. */
export interface Uncaught {
  readonly kind: 'uncaught';
  /** Of the error's class; empty for a value that is no error. */
  readonly name: string;
  readonly message: string;
  /** The calls that led to it, innermost first. */
  readonly places: readonly ScriptPlace[];
}

/** What cut a script short. */
export type Cut =
  | Uncaught
  | { readonly kind: 'out of gas' | 'stack overflow' | 'broken'; readonly places: readonly ScriptPlace[] }
  /** A function of the host threw `by`. */
  | { readonly kind: 'stopped'; readonly by: unknown; readonly places: readonly ScriptPlace[] };

/** Runs something in the instance. Whatever a script can do to end it is an error in the result. */
export function attempt<T>(
  quickjs: QuickJs,
  context: ScriptContext,
  act: () => Result<T, Uncaught>,
): Result<T, Cut> {
  try {
    const done = act();
    return quickjs.gasLeft() < 0 ? err({ kind: 'out of gas', places: [] }) : done;
  } catch (error) {
    if (error instanceof UncaughtInScript) return err(error.error);
    const ranOut = quickjs.whatRanOut();
    const places = isStackOverflow(error) ? [] : placesNow(quickjs, context);
    if (isStackOverflow(error)) return err({ kind: 'stack overflow', places });
    if (!isTrap(error)) return err({ kind: 'stopped', by: error, places });
    if (ranOut === null) return err({ kind: 'broken', places });
    return err({ kind: ranOut === 'gas' ? 'out of gas' : 'stack overflow', places });
  }
}

/** Runs a module and all that it imports; gives its namespace. */
export function evaluateModule(
  quickjs: QuickJs,
  context: ScriptContext,
  { name, text }: { readonly name: string; readonly text: string },
): Result<Pointer, Uncaught> {
  const bytes = textToBytes(text);
  const [at, nameAt] = [quickjs.putText(text), quickjs.putText(name)];
  const value = quickjs.call('QTS_Eval', context.context, at, bytes.length, nameAt, 0, asModule);
  return settle(quickjs, context, value);
}

/** Calls a function with a text; gives the number that it returns. */
export function callFunction(
  quickjs: QuickJs,
  context: ScriptContext,
  { entry, argument }: { readonly entry: Pointer; readonly argument: string },
): Result<number, Uncaught> {
  const text = quickjs.newText(context.context, argument);
  const list = quickjs.call('malloc', 4);
  quickjs.setWord(list, text);
  const self = quickjs.call('QTS_GetUndefined');
  const value = settle(quickjs, context, quickjs.call('QTS_Call', context.context, entry, self, 1, list));
  return value.ok ? ok(quickjs.number(context.context, value.value)) : value;
}

/** Runs what promises wait for, until nothing does. */
export function runJobs(quickjs: QuickJs, { runtime }: ScriptContext): void {
  const contextAt = quickjs.call('malloc', 4);
  while (quickjs.call('QTS_IsJobPending', runtime) !== 0) {
    quickjs.call('QTS_ExecutePendingJob', runtime, 1, contextAt);
  }
}

/** The calls that are on, innermost first: also of a run that was cut short and has not been looked at yet. */
export function placesNow(quickjs: QuickJs, { runtime, context }: ScriptContext): readonly ScriptPlace[] {
  return quickjs.aside(() => {
    try {
      quickjs.call('QTS_RuntimeSetMemoryLimit', runtime, -1);
      quickjs.call('QTS_RuntimeSetMaxStackSize', runtime, 0);
      const [text, name] = [quickjs.putText('new Error().stack'), quickjs.putText(ownName)];
      const stack = quickjs.call('QTS_Eval', context, text, 'new Error().stack'.length, name, 0, 0);
      const places = readStack(quickjs.text(quickjs.call('QTS_GetString', context, stack)));
      return places.filter(({ file }) => file !== ownName);
    } catch (error) {
      // Cut short in the middle of what this needs, or with no room left for it.
      if (isTrap(error) || isStackOverflow(error)) return [];
      throw error;
    }
  });
}

/** Thrown out of the instance when the script has reported the error. Not an `Error`: no stack is taken. */
export class UncaughtInScript {
  readonly error: Uncaught;
  constructor(error: Uncaught) {
    this.error = error;
  }
}

const asModule = 1;
const ownName = '<places>';

/** A value, or the exception that stands in its place. */
function settle(quickjs: QuickJs, { context }: ScriptContext, value: Pointer): Result<Pointer, Uncaught> {
  const error = quickjs.call('QTS_ResolveException', context, value);
  if (error === 0) return ok(value);
  const dumped = quickjs.text(quickjs.call('QTS_Dump', context, error));
  return err({ kind: 'uncaught', ...dumpToError(dumped) });
}

/** An error is dumped as JSON with `name`, `message` and `stack`; anything else in some text. */
function dumpToError(dumped: string): Omit<Uncaught, 'kind'> {
  const found = jsonOf(dumped);
  const textOf = (key: string): string => {
    const part: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined;
    return typeof part === 'string' ? part : '';
  };
  const message = textOf('message') === '' && textOf('name') === '' ? dumped : textOf('message');
  return { name: textOf('name'), message, places: readStack(textOf('stack')) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A thrown text or number is dumped as it is.
    return null;
  }
}
