/** From what was typed to the value it stands for, with a fault for each field that stands for none. */
import { textToBytes } from '../../../core/base/bytes';
import { type Result, err, ok } from '../../../core/base/result';
import type { WireValue } from '../../../core/studio/protocol/wire';
import { parseHex } from '../../ui/values/bytes-text';
import { parseValue } from '../../ui/values/parse-value';
import { type Draft, maxFieldDepth } from './draft';
import { type FieldFault, emptyFault, fieldFault, parseFloatText, parseInteger } from './scalar-text';
import type { Records, Type } from './type';

/** The faults by the path of their field: `to`, `to.name`, `items[2]`. */
export type FieldFaults = ReadonlyMap<string, FieldFault>;

export interface Place {
  readonly path: string;
  readonly records: Records;
  readonly depth: number;
}

export const fieldPlace = (place: Place, name: string): Place => ({
  ...place,
  path: place.path === '' ? name : `${place.path}.${name}`,
  depth: place.depth + 1,
});

export const itemPlace = (place: Place, index: number): Place => ({
  ...place,
  path: `${place.path}[${index}]`,
  depth: place.depth + 1,
});

/** The fields of a record, each with its place. */
export function fieldsOf(
  type: Type & { readonly kind: 'record' },
  place: Place,
): readonly { readonly name: string; readonly type: Type; readonly place: Place }[] {
  const fields = place.records.get(type.name) ?? [];
  return fields.map((field) => ({ ...field, place: fieldPlace(place, field.name) }));
}

export function draftToValue(draft: Draft, type: Type, place: Place): Result<WireValue, FieldFaults> {
  const one = (result: Result<WireValue, FieldFault>): Result<WireValue, FieldFaults> =>
    result.ok ? result : err(new Map([[place.path, result.error]]));
  if (place.depth > maxFieldDepth) return one(textToValue(draft));
  switch (type.kind) {
    case 'integer':
      return one(parseInteger(textOf(draft), type));
    case 'float':
      return one(parseFloatText(textOf(draft), type.bits));
    case 'string':
      return ok(textOf(draft));
    case 'bool':
      return ok(draft.kind === 'bool' && draft.on);
    case 'bytes':
      return one(bytesOf(draft));
    case 'value':
      return one(textToValue(draft));
    case 'list': {
      const items = draft.kind === 'items' ? draft.items : [];
      return together(items.map((item, at) => draftToValue(item.draft, type.of, itemPlace(place, at))));
    }
    case 'record': {
      const values = together(fieldResults(draft, type, place));
      if (!values.ok) return values;
      const names = fieldsOf(type, place).map(({ name }) => name);
      return ok(Object.fromEntries(values.value.map((value, at) => [names[at] ?? '', value])));
    }
    case 'option':
      if (draft.kind !== 'option' || !draft.some || draft.of === null) return ok(null);
      return draftToValue(draft.of, type.of, { ...place, depth: place.depth + 1 });
    case 'result': {
      const side = draft.kind === 'result' ? draft.side : 'ok';
      const inner = draft.kind === 'result' ? draft[side] : null;
      const innerType = type[side];
      if (inner === null || innerType === null) return ok({ [side]: null });
      const value = draftToValue(inner, innerType, fieldPlace(place, side));
      return value.ok ? ok({ [side]: value.value }) : value;
    }
  }
}

const textOf = (draft: Draft): string => (draft.kind === 'text' ? draft.text : '');

function fieldResults(draft: Draft, type: Type & { kind: 'record' }, place: Place) {
  const drafts = draft.kind === 'fields' ? draft.fields : [];
  return fieldsOf(type, place).map((field, at) =>
    draftToValue(drafts[at] ?? { kind: 'text', text: '' }, field.type, field.place),
  );
}

/** All the values, or all the faults. */
function together(
  results: readonly Result<WireValue, FieldFaults>[],
): Result<readonly WireValue[], FieldFaults> {
  const faults = results.flatMap((result) => (result.ok ? [] : [...result.error]));
  if (faults.length > 0) return err(new Map(faults));
  return ok(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

function bytesOf(draft: Draft): Result<Uint8Array, FieldFault> {
  if (draft.kind !== 'bytes') return ok(new Uint8Array());
  if (draft.form === 'text') return ok(textToBytes(draft.text));
  const bytes = parseHex(draft.text);
  return bytes.ok ? bytes : err(fieldFault(bytes.error.message, bytes.error.remedy));
}

function textToValue(draft: Draft): Result<WireValue, FieldFault> {
  if (textOf(draft).trim() === '')
    return err(emptyFault('a value is missing', 'for example 1, "text" or { a: 1 }'));
  const value = parseValue(textOf(draft));
  if (value.ok) return value;
  const { line = 1, column = 1 } = value.error.position ?? {};
  return err(fieldFault(`line ${line}, column ${column}: ${value.error.message}`, value.error.remedy));
}
