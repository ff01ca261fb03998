/** What expressions see where a run stands: names of its code first, those of the debugger after a `$`. */
import { bytesToText, textToBytes } from '../../base/bytes';
import { decodeValue } from '../../base/value';
import type { SteppingMachine } from '../../container/wasm-stepping/machine';
import type { TypedValue } from '../../container/wasm-stepping/typed-value';
import { longestStateKey } from '../../environment/limits';
import type { NameByIndex } from '../../wasm/names';
import type { StateTree } from '../../state/tree';
import type { DebugCode } from '../code';
import type { Timeline } from '../timeline';
import { utf16ToText, variableToDatum } from '../variable-value';
import { type Variable, variablesAt } from '../variables';
import {
  type Datum,
  type Lookup,
  bytesToDatum,
  integer,
  nothing,
  text,
  textOrNull,
  typedToDatum,
  valueToDatum,
} from './datum';
import type { Scope, ScopeFunction } from './evaluate';

/** As seen from one of the calls that are on, the innermost being 0. */
export function scopeAt({ machine, count, end }: Timeline, code: DebugCode, frameIndex: number): Scope {
  const { names, layouts } = code;
  const objects = { memory: machine.memory, layouts };
  const [frame] = end?.count === count ? [] : machine.frames(frameIndex, 1);
  const locals = frame?.locals ?? [];
  const functionIndex = frame?.position.function ?? -1;
  let own: ReturnType<typeof ownNames> | null = null;
  const ofDebugger = (name: string) => (own ??= ownNames(machine, code, count)).get(name)?.();

  function ofCode(name: string): Datum | undefined {
    const local = frame && variableNamed(variablesAt(code, frame.position), name);
    const found = local && locals[local.index];
    if (found !== undefined) return variableToDatum(found, local?.type ?? null, objects);
    const global = globalIndex(names.globals, name);
    const value = global === undefined ? undefined : machine.globals()[global];
    return value && typedToDatum(value);
  }

  function ofFrame(name: string): Datum | Lookup | undefined {
    switch (name) {
      case 'function':
        return frame && textOrNull(names.functions.get(functionIndex) ?? null);
      case 'locals':
        return lookupOf(locals, names.locals.get(functionIndex));
      case 'operands':
        return lookupOf(frame?.operands ?? [], undefined);
      default: {
        const local = /^\d+$/.test(name) ? locals[Number(name)] : undefined;
        return local && typedToDatum(local);
      }
    }
  }

  return {
    named: (name) =>
      name.startsWith('$')
        ? (ofFrame(name.slice(1)) ?? ofDebugger(name.slice(1)) ?? ofCode(name) ?? ofCode(name.slice(1)))
        : ofCode(name),
    memory: (address, length) => machine.memory(address, length),
    functions,
  };
}

/** Names after a `$` that are the same in all calls. */
const ownNames = (
  machine: SteppingMachine,
  { names, contract }: DebugCode,
  count: number,
): ReadonlyMap<string, () => Datum | Lookup> => {
  const { environment } = machine;
  const { message } = environment;
  const parameters = contract.methods.find(({ name }) => name === message.method)?.params ?? [];
  return new Map<string, () => Datum | Lookup>([
    ['globals', () => lookupOf(machine.globals(), names.globals)],
    ['state', () => stateLookup(environment.state)],
    ['before', () => stateLookup(environment.before)],
    ['gas', () => integer(machine.position().gasLeft)],
    ['count', () => integer(count)],
    ['depth', () => integer(machine.position().depth)],
    ['time', () => integer(environment.time)],
    ['seed', () => ({ type: 'f64', value: environment.seed })],
    ['sends', () => integer(environment.sends.length)],
    ['logs', () => integer(environment.logs.length)],
    ['reply', () => bytesToDatum(environment.reply)],
    ['from', () => textOrNull(message.from)],
    ['to', () => text(message.to)],
    ['method', () => text(message.method)],
    ['id', () => integer(message.id)],
    [
      'args',
      () => {
        const decoded = decodeValue(message.args);
        const values = decoded.ok && Array.isArray(decoded.value) ? decoded.value : [];
        return namedLookup(
          values.map((value, place) => [parameters[place]?.name ?? '', valueToDatum(value)]),
        );
      },
    ],
    [
      'import',
      () => {
        const call = machine.nextImport();
        return textOrNull(call && `${call.set}.${call.name}`);
      },
    ],
    [
      'call',
      () =>
        namedLookup(machine.nextImport()?.args.map(({ name, value }) => [name, valueToDatum(value)]) ?? []),
    ],
  ]);
};

const functions: ReadonlyMap<string, ScopeFunction> = new Map<string, ScopeFunction>([
  ['$bytes', (value) => ({ type: 'bytes', value })],
  ['$text', (bytes) => text(bytesToText(bytes))],
  ['$utf16', (bytes) => text(utf16ToText(bytes))],
  ['$value', bytesToDatum],
]);

function variableNamed(variables: ReadonlyMap<number, Variable>, wanted: string) {
  for (const [index, { name, type }] of variables) if (name === wanted) return { index, type };
  return undefined;
}

function indexOf(names: NameByIndex | undefined, wanted: string): number | undefined {
  if (names === undefined) return undefined;
  for (const [index, name] of names) if (name === wanted) return index;
  return undefined;
}

/** By its whole name; or by the last part, as in `contracts/bank/total`, when it is the only one that ends so. */
function globalIndex(names: NameByIndex, wanted: string): number | undefined {
  const whole = indexOf(names, wanted);
  if (whole !== undefined) return whole;
  const ending = [...names].filter(([, name]) => name.endsWith(`/${wanted}`));
  const [only] = ending;
  return ending.length === 1 ? only?.[0] : undefined;
}

/** By index, and by name. */
function lookupOf(values: readonly TypedValue[], names: NameByIndex | undefined): Lookup {
  return {
    type: 'lookup',
    get(key) {
      const index = key.type === 'string' ? indexOf(names, key.value) : Number(key.value);
      const found = index === undefined ? undefined : values[index];
      return found && typedToDatum(found);
    },
  };
}

const namedLookup = (items: readonly (readonly [name: string, datum: Datum])[]): Lookup => ({
  type: 'lookup',
  get: (key) =>
    key.type === 'string' ? items.find(([name]) => name === key.value)?.[1] : items[Number(key.value)]?.[1],
});

/** By text or bytes; nothing for a key that has no entry. */
const stateLookup = (tree: StateTree): Lookup => ({
  type: 'lookup',
  get(key) {
    if (key.type !== 'string' && key.type !== 'bytes') return undefined;
    const bytes = key.type === 'string' ? textToBytes(key.value) : key.value;
    return bytes.length === 0 || bytes.length > longestStateKey ? nothing : bytesToDatum(tree.get(bytes));
  },
});
