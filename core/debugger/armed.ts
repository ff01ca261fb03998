/** Breakpoints made ready for the run of one message: what to run until, and whether they are met where it stops. */
import { bytesEqual, bytesToHex, hexToBytes, textToBytes } from '../base/bytes';
import { type Value, encodeValue } from '../base/value';
import type { NextImport } from '../container/wasm-stepping/machine';
import type { MemoryRange } from '../container/wasm-stepping/stop';
import type { Environment } from '../environment/environment';
import type { Message } from '../environment/message';
import type { Breakpoint, Trigger } from './breakpoint';
import type { DebugCode } from './code';
import { parseExpression } from './expression/parse';
import type { Expression } from './expression/syntax';
import { type Template, parseTemplate } from './expression/template';
import { placeTrigger, stateUses } from './placement';
import type { Place } from './timeline';

export interface Armed {
  readonly breakpoint: Breakpoint;
  /** Passes of these meet it. */
  readonly places: readonly Place[];
  /** Imports to stop before, each as `set.function` or a `set`. */
  readonly imports: readonly string[];
  readonly memory: MemoryRange | null;
  /** Whether a call of one of `imports` is what it waits for. */
  isCall(call: NextImport, environment: Environment): boolean;
  readonly when: { readonly expression: Expression; readonly source: string } | null;
  readonly log: Template | null;
}

/** Those that this message can meet. */
export function armAll(
  breakpoints: readonly Breakpoint[],
  code: DebugCode,
  message: Pick<Message, 'to' | 'method'>,
): readonly Armed[] {
  return breakpoints.flatMap((breakpoint) => arm(breakpoint, code, message) ?? []);
}

function arm(breakpoint: Breakpoint, code: DebugCode, message: Pick<Message, 'to' | 'method'>): Armed | null {
  const { on, enabled } = breakpoint;
  if (!enabled) return null;
  if (!concerns(on, message)) return null;
  const placed = placeTrigger(on, code);
  if (!placed.ok) return null;
  const when = breakpoint.when === null ? null : parseExpression(breakpoint.when);
  const log = breakpoint.log === null ? null : parseTemplate(breakpoint.log);
  // Whoever made it checked its texts.
  if (when?.ok === false || log?.ok === false) return null;
  return {
    breakpoint,
    places: placed.value.places,
    ...callsOf(on, code),
    memory: on.kind === 'memory' ? { address: on.address, length: on.length } : null,
    when: when && { expression: when.value, source: breakpoint.when ?? '' },
    log: log?.value ?? null,
  };
}

/** Whether it is about the message's kernel and method. */
export function concerns(on: Trigger, { to, method }: Pick<Message, 'to' | 'method'>): boolean {
  if ('kernel' in on && on.kernel !== null && on.kernel !== to) return false;
  return on.kind !== 'method' || on.method === null || on.method === method;
}

function callsOf(on: Trigger, code: DebugCode): Pick<Armed, 'imports' | 'isCall'> {
  switch (on.kind) {
    case 'import': {
      const wanted = on.argument && { name: on.argument.name, value: keyOf(on.argument.value) };
      return {
        imports: [on.import],
        isCall: ({ set, name, args }) =>
          (set === on.import || `${set}.${name}` === on.import) &&
          (wanted === null ||
            args.some((arg) => arg.name === wanted.name && keyOf(arg.value) === wanted.value)),
      };
    }
    case 'state': {
      const uses = stateUses(code, on.access);
      const paths = pathsOf(on.path);
      return {
        imports: uses.map(({ qualified }) => qualified),
        isCall({ set, name, args }, { state }) {
          const use = uses.find(({ qualified }) => qualified === `${set}.${name}`);
          const key = args.find((arg) => arg.name === use?.key)?.read?.bytes;
          if (use === undefined || key === undefined) return false;
          const entry = use.entry === 'same' ? key : state.next(key.length === 0 ? null : key)?.key;
          return entry !== undefined && paths.some((path) => isAtOrBelow(entry, path));
        },
      };
    }
    default:
      return { imports: [], isCall: () => false };
  }
}

/** Equal values have equal keys. */
function keyOf(value: Value): string {
  const number = typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0;
  return Number.isFinite(number) ? bytesToHex(encodeValue(value)) : String(number);
}

/** A path as text, and as bytes when it is written as such. */
const pathsOf = (path: string): readonly Uint8Array[] =>
  /^0x([0-9a-f]{2})+$/.test(path) ? [textToBytes(path), hexToBytes(path.slice(2))] : [textToBytes(path)];

const slash = 0x2f;

const isAtOrBelow = (key: Uint8Array, path: Uint8Array): boolean =>
  path.length === 0 ||
  (bytesEqual(key.subarray(0, path.length), path) &&
    (key.length === path.length || path.at(-1) === slash || key[path.length] === slash));
