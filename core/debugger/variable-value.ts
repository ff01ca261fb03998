/**
 * What a variable holds, as AssemblyScript has it. Objects lie in the memory with their size before them; and the memory
 * is a contract's, which may have put anything there. So an object is held against its size and the memory's, and what
 * doesn't fit is the address that it is.
 */
import type { Value } from '../base/value';
import type { SteppingMachine } from '../container/wasm-stepping/machine';
import type { ObjectField, SourceTerms } from '../contracts/source-variables';
import type { TypedValue } from '../container/wasm-stepping/typed-value';
import {
  type Datum,
  type ScalarName,
  bitsOf,
  integer,
  loadScalar,
  nothing,
  text,
  typedToDatum,
} from './expression/datum';
import { mostBytes } from './expression/evaluate';
import { isScalarName } from './expression/parse';

/** Where objects are, and what those of an author hold. */
interface Memory extends Pick<SteppingMachine, 'memory'>, Pick<SourceTerms, 'layouts'> {}

/** `type` is the variable's in its source. Numbers, truth values, texts, arrays and the author's objects are read as such. */
export function variableToDatum(value: TypedValue, type: string | null, memory: Memory): Datum {
  switch (type) {
    case 'u8':
    case 'u16':
    case 'u32':
    case 'u64':
      return integer(value.bits, type);
    case 'usize':
      return integer(value.bits, 'u32');
    case 'bool':
      return { type, value: value.bits !== 0n };
    default: {
      const object =
        type === null || value.type !== 'i32' ? null : objectAt(Number(value.bits), type, memory);
      return object ?? typedToDatum(value);
    }
  }
}

/** Bytes of the memory. */
interface Stretch {
  readonly start: number;
  readonly size: number;
}

/** `null` for what is no object of this type, and for types that aren't read. */
function objectAt(address: number, type: string, memory: Memory): Datum | null {
  const whole = type.replace(/ ?\| ?null$/, '');
  const layout = memory.layouts.get(whole);
  const [, name = '', element = ''] = /^(\w+)(?:<(.+)>)?$/.exec(whole) ?? [];
  const read = layout === undefined ? readers.get(name) : readFields(layout);
  if (read === undefined) return null;
  if (address === 0) return nothing;
  const size = sizeAt(address, memory);
  return size === null ? null : read({ start: address, size }, element, memory);
}

type ReadObject = (object: Stretch, element: string, memory: Memory) => Datum | null;

const readers: ReadonlyMap<string, ReadObject> = new Map<string, ReadObject>([
  ['string', ({ start, size }, _, { memory }) => text(utf16ToText(memory(start, Math.min(size, mostBytes))))],
  ['StaticArray', toList],
  [
    'Array',
    (object, element, memory) => {
      const held = heldBy(object, 4, memory);
      if (held === null) return null;
      const size = held.length * bytesOf(element);
      return size <= held.size ? toList({ ...held, size }, element, memory) : null;
    },
  ],
  ['ArrayBuffer', toBytes],
  ...viewOf('u8', 'Uint8Array', 'Uint8ClampedArray'),
  ...viewOf('i8', 'Int8Array'),
  ...viewOf('i16', 'Int16Array'),
  ...viewOf('u16', 'Uint16Array'),
  ...viewOf('i32', 'Int32Array'),
  ...viewOf('u32', 'Uint32Array'),
  ...viewOf('i64', 'Int64Array'),
  ...viewOf('u64', 'Uint64Array'),
  ...viewOf('f32', 'Float32Array'),
  ...viewOf('f64', 'Float64Array'),
]);

function viewOf(element: ScalarName, ...names: readonly string[]): (readonly [string, ReadObject])[] {
  const read: ReadObject = (object, _, memory) => {
    const held = heldBy(object, 3, memory);
    if (held === null) return null;
    return element === 'u8' ? toBytes(held, element, memory) : toList(held, element, memory);
  };
  return names.map((name) => [name, read]);
}

/**
 * What an array or a view has of its buffer. Its fields are the buffer, where its own part begins and how long that is, and
 * an array has a fourth: how many elements there are.
 */
function heldBy(
  object: Stretch,
  fields: 3 | 4,
  memory: Memory,
): (Stretch & { readonly length: number }) | null {
  if (object.size !== 4 * fields) return null;
  const [buffer = 0, start = 0, size = 0, length = 0] = wordsAt(object.start, fields, memory) ?? [];
  const whole = sizeAt(buffer, memory);
  const isWithin = whole !== null && start >= buffer && start + size <= buffer + whole;
  return isWithin ? { start, size, length } : null;
}

/** Of an object; `null` when it could not lie in the memory. */
function sizeAt(address: number, memory: Memory): number | null {
  const [size] = (address < 4 ? null : wordsAt(address - 4, 1, memory)) ?? [];
  if (size === undefined) return null;
  return size === 0 || memory.memory(address + size - 1, 1).length === 1 ? size : null;
}

function wordsAt(address: number, count: number, { memory }: Memory): readonly number[] | null {
  const bytes = memory(address, 4 * count);
  if (bytes.length < 4 * count) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: count }, (_, place) => view.getUint32(4 * place, true));
}

/** More than can be read at once are a list. */
function toBytes({ start, size }: Stretch, _: string, memory: Memory): Datum {
  return size <= mostBytes
    ? { type: 'bytes', value: memory.memory(start, size) }
    : toList({ start, size }, 'u8', memory);
}

/** The most elements that are read in advance. */
const mostElements = 100;

function toList({ start, size }: Stretch, element: string, memory: Memory): Datum {
  const bytes = bytesOf(element);
  const length = Math.floor(size / bytes);
  const item = (place: number): Datum => elementAt(start + place * bytes, element, memory);
  const value: Value[] = [];
  for (let room = mostBytes; value.length < Math.min(length, mostElements) && room > 0;) {
    const first = inAdvance(start + value.length * bytes, element, memory);
    value.push(first);
    room -= typeof first === 'string' ? 2 * first.length + bytes : bytes;
  }
  return { type: 'list', value, elements: { length, type: element, item } };
}

const readFields =
  (layout: readonly ObjectField[]): ReadObject =>
  ({ start, size }, _, memory) => {
    if (layout.some(({ type, offset }) => offset + bytesOf(type) > size)) return null;
    const fieldByName = new Map(layout.map((field) => [field.name, field]));
    const value: (readonly [string, Value])[] = [];
    let room = mostBytes;
    for (const { name, type, offset } of layout.slice(0, mostElements)) {
      const first = room > 0 ? inAdvance(start + offset, type, memory) : null;
      value.push([name, first]);
      room -= typeof first === 'string' ? 2 * first.length : 0;
    }
    const fields = {
      names: [...fieldByName.keys()],
      typeOf: (name: string) => fieldByName.get(name)?.type ?? '',
      item(name: string) {
        const field = fieldByName.get(name);
        return field === undefined ? nothing : elementAt(start + field.offset, field.type, memory);
      },
    };
    return { type: 'map', value: Object.fromEntries(value), fields };
  };

/** What lies in an array or an object. Others in it are read when they are asked for: here they are their addresses. */
function inAdvance(address: number, type: string, memory: Memory): Value {
  const isInner = scalarOf(type) === null && !isText(type);
  return elementAt(address, isInner ? 'u32' : type, memory).value;
}

const isText = (type: string): boolean => /^string(?: ?\| ?null)?$/.test(type);

/** `null` for a reference. */
function scalarOf(type: string): ScalarName | null {
  if (isScalarName(type)) return type;
  return type === 'bool' ? 'u8' : type === 'usize' ? 'u32' : type === 'isize' ? 'i32' : null;
}

const bytesOf = (type: string): number => bitsOf(scalarOf(type) ?? 'u32') / 8;

function elementAt(address: number, type: string, memory: Memory): Datum {
  const scalar = scalarOf(type) ?? 'u32';
  const bytes = memory.memory(address, bitsOf(scalar) / 8);
  if (bytes.length < bitsOf(scalar) / 8) return nothing;
  const loaded = loadScalar(scalar, bytes);
  if (typeof loaded.value !== 'bigint' || isScalarName(type)) return loaded;
  return variableToDatum({ type: 'i32', bits: loaded.value }, type, memory);
}

/** Of AssemblyScript's texts. */
export function utf16ToText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const units = Array.from({ length: bytes.length >> 1 }, (_, place) => view.getUint16(2 * place, true));
  return units.map((unit) => String.fromCharCode(unit)).join('');
}
