/**
 * Containers run one entry in a fresh instance; a script calls one function after the other in the same. So its module
 * gets an entry for each call, which makes the calls before it again and then gives the bits of one of the results.
 */
import { decodeModule } from '../../../core/wasm/module';
import type { FunctionType, ValueType } from '../../../core/wasm/shape';
import type { Action } from './script';

export interface Driven extends Action {
  /** Whether it is said to trap: then those after it go on without it. */
  readonly traps: boolean;
}

/** The name of an entry. */
export const entryName = (action: number, result: number): string => `script ${action} ${result}`;

/** A type whose bits a script can't tell is told by whether it is null. */
const shown: Readonly<Record<ValueType, readonly [type: string, from: string]>> = {
  i32: ['i32', ''],
  i64: ['i64', ''],
  f32: ['i32', 'i32.reinterpret_f32'],
  f64: ['i64', 'i64.reinterpret_f64'],
  funcref: ['i32', 'ref.is_null'],
  externref: ['i32', 'ref.is_null'],
  v128: ['i32', 'drop i32.const 0'],
};

interface Called {
  readonly index: number;
  readonly instruction: 'call' | 'global.get';
  readonly results: readonly ValueType[];
}

/** What an action of a module leads to; `null` when it exports nothing such. */
function findCalled(bytes: Uint8Array, { kind, name }: Action): Called | null {
  const decoded = decodeModule(bytes);
  if (!decoded.ok) return null;
  const module = decoded.value;
  const wanted = kind === 'get' ? 'global' : 'function';
  const found = module.exports.find((each) => each.name === name && each.kind === wanted);
  if (found === undefined) return null;
  if (kind === 'get') {
    const type = module.globals[found.index]?.type;
    return type === undefined ? null : { index: found.index, instruction: 'global.get', results: [type] };
  }
  const type: FunctionType | undefined = module.types[module.functionTypes[found.index] ?? -1];
  return type === undefined ? null : { index: found.index, instruction: 'call', results: type.results };
}

/** Whether what one call does can be seen by the next. */
function isStateful(bytes: Uint8Array): boolean {
  const decoded = decodeModule(bytes);
  if (!decoded.ok) return false;
  const { memories, tables, globals } = decoded.value;
  return memories.length > 0 || tables.length > 0 || globals.some(({ mutable }) => mutable);
}

/** The fields to add to the module, and how many results each action has; `null` for one that leads nowhere. */
export function driveActions(
  bytes: Uint8Array,
  actions: readonly Driven[],
): { readonly fields: string; readonly results: readonly (number | null)[] } {
  const remembers = isStateful(bytes);
  const fields = [`(func $before_0)`];
  const results = actions.map((action, place) => {
    const called = findCalled(bytes, action);
    if (called === null) {
      fields.push(`(func $before_${place + 1} call $before_${place})`);
      return null;
    }
    const call = `${remembers ? `call $before_${place}` : ''} ${action.args.join(' ')} ${called.instruction} ${called.index}`;
    const drops = 'drop '.repeat(called.results.length);
    const isRepeated = !action.traps;
    fields.push(`(func $before_${place + 1} ${isRepeated ? `${call} ${drops}` : `call $before_${place}`})`);
    called.results.forEach((type, result) => {
      const [as, conversion] = shown[type];
      const others = called.results.length - 1 - result;
      fields.push(`(func (export "${entryName(place, result)}") (result ${as}) (local ${type})
        ${call} ${'drop '.repeat(others)} local.set 0 ${'drop '.repeat(result)} local.get 0 ${conversion})`);
    });
    if (called.results.length === 0) fields.push(`(func (export "${entryName(place, 0)}") ${call})`);
    return called.results.length;
  });
  return { fields: fields.join('\n'), results };
}
