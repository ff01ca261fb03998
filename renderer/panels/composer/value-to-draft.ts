/** From a value to fields that stand for it: to send an earlier signal again, changed or not. */
import type { WireValue } from '../../../core/studio/protocol/wire';
import { bytesToHexText, bytesToReadableText } from '../../ui/values/bytes-text';
import { isList, isMap, kindOf } from '../../ui/values/value-kind';
import { numberToText, valueToText } from '../../ui/values/value-text';
import { type Draft, emptyDraft, maxFieldDepth } from './draft';
import { integerRange } from './scalar-text';
import type { Records, Type } from './type';

/** `undefined` when the value is not of the type; the value can still be written as text then. */
export function valueToDraft(value: WireValue, type: Type, records: Records): Draft | undefined {
  return toDraft(value, type, { records, depth: 0 });
}

interface Place {
  readonly records: Records;
  readonly depth: number;
}

function toDraft(value: WireValue, type: Type, place: Place): Draft | undefined {
  if (place.depth > maxFieldDepth) return { kind: 'text', text: valueToText(value) };
  const inner = { ...place, depth: place.depth + 1 };
  switch (type.kind) {
    case 'integer':
      return isIntegerOf(value, type) ? { kind: 'text', text: String(value) } : undefined;
    case 'float':
      return isFloatOf(value, type) ? { kind: 'text', text: numberToText(value) } : undefined;
    case 'string':
      return typeof value === 'string' ? { kind: 'text', text: value } : undefined;
    case 'bool':
      return typeof value === 'boolean' ? { kind: 'bool', on: value } : undefined;
    case 'bytes':
      return value instanceof Uint8Array ? bytesToDraft(value) : undefined;
    case 'value':
      return { kind: 'text', text: valueToText(value) };
    case 'list': {
      if (!isList(value)) return undefined;
      const drafts = value.map((item) => toDraft(item, type.of, inner));
      return drafts.every((draft) => draft !== undefined)
        ? { kind: 'items', items: drafts.map((draft, id) => ({ id, draft })) }
        : undefined;
    }
    case 'record': {
      const fields = place.records.get(type.name) ?? [];
      if (!isMap(value)) return undefined;
      if (Object.keys(value).some((key) => !fields.some(({ name }) => name === key))) return undefined;
      return asFields(
        fields.map(({ name, type: fieldType }) => {
          const field = Object.hasOwn(value, name) ? value[name] : undefined;
          return field === undefined ? undefined : toDraft(field, fieldType, inner);
        }),
      );
    }
    case 'option': {
      if (value === null) return { kind: 'option', some: false, of: null };
      const of = toDraft(value, type.of, inner);
      return of && { kind: 'option', some: true, of };
    }
    case 'result':
      return resultToDraft(value, type, inner);
  }
}

function isIntegerOf(
  value: WireValue,
  type: { readonly signed: boolean; readonly bits: number },
): value is number | bigint {
  if (kindOf(value) !== 'integer' || (typeof value !== 'bigint' && typeof value !== 'number')) return false;
  const { min, max } = integerRange(type);
  return BigInt(value) >= min && BigInt(value) <= max;
}

const isFloatOf = (value: WireValue, { bits }: { readonly bits: 32 | 64 }): value is number =>
  typeof value === 'number' && Number.isFinite(bits === 32 ? Math.fround(value) : value);

function bytesToDraft(bytes: Uint8Array): Draft {
  // A text box would turn \r\n into \n.
  const text = bytesToReadableText(bytes);
  return text !== undefined && text !== '' && !text.includes('\r')
    ? { kind: 'bytes', form: 'text', text }
    : { kind: 'bytes', form: 'hex', text: bytes.length === 0 ? '' : bytesToHexText(bytes) };
}

const asFields = (fields: readonly (Draft | undefined)[]): Draft | undefined =>
  fields.every((field) => field !== undefined) ? { kind: 'fields', fields } : undefined;

function resultToDraft(value: WireValue, type: Type & { kind: 'result' }, place: Place): Draft | undefined {
  if (!isMap(value)) return undefined;
  const [entry, ...more] = Object.entries(value);
  if (entry === undefined || more.length > 0) return undefined;
  const [side, held] = entry;
  if (side !== 'ok' && side !== 'err') return undefined;
  const heldType = type[side];
  if (heldType === null && held !== null) return undefined;
  const draft = heldType && toDraft(held, heldType, place);
  if (draft === undefined) return undefined;
  const empty = emptyDraft(type, place.records, place.depth - 1);
  return empty.kind === 'result' ? { ...empty, side, [side]: draft } : undefined;
}
