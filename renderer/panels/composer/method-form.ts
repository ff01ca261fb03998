/** The form of one method: a field for each parameter, or one text when there is no interface to go by. */
import { type Result, err, ok } from '../../../core/base/result';
import type { WireInterface, WireValue } from '../../../core/studio/protocol/wire';
import { parseValue } from '../../ui/values/parse-value';
import { isList, isMap } from '../../ui/values/value-kind';
import { type Draft, emptyDraft } from './draft';
import { type FieldFaults, type Place, draftToValue } from './draft-to-value';
import { fieldFault } from './scalar-text';
import { type Field, type Records, readRecords, readType } from './type';
import { valueToDraft } from './value-to-draft';

export interface MethodForm {
  readonly fields: readonly Field[];
  readonly records: Records;
  /** Names and types in one line: drafts of another signature don't fit this form. */
  readonly signature: string;
}

/** What `world.signal` takes. */
export type SignalArgs = WireValue[] | Record<string, WireValue>;

export type Method = WireInterface['methods'][number];

export function methodForm(method: Method, contract: WireInterface): MethodForm {
  const records = readRecords(contract);
  return {
    fields: method.params.map(({ name, type }) => ({ name, type: readType(type, records) })),
    records,
    signature: method.params.map(({ name, type }) => `${name}: ${type}`).join(', '),
  };
}

/** `transfer(from: string, amount: u64) -> bool` */
export const methodSignature = (method: Method): string =>
  `${method.name}(${method.params.map(({ name, type }) => `${name}: ${type}`).join(', ')})` +
  (method.result === null ? '' : ` → ${method.result}`);

export const fieldRoot = (form: MethodForm, index: number): Place => ({
  path: form.fields[index]?.name ?? '',
  records: form.records,
  depth: 0,
});

export const emptyDrafts = (form: MethodForm): readonly Draft[] =>
  form.fields.map(({ type }) => emptyDraft(type, form.records));

/** By position, so that a parameter's name can be anything. All the faults at once when there are any. */
export function draftsToArgs(form: MethodForm, drafts: readonly Draft[]): Result<WireValue[], FieldFaults> {
  const results = form.fields.map(({ type }, index) =>
    draftToValue(drafts[index] ?? emptyDraft(type, form.records), type, fieldRoot(form, index)),
  );
  const faults = results.flatMap((result) => (result.ok ? [] : [...result.error]));
  if (faults.length > 0) return err(new Map(faults));
  return ok(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

/** Drafts that stand for earlier arguments; empty ones where a value doesn't fit the parameter any more. */
export function argsToDrafts(form: MethodForm, args: SignalArgs): readonly Draft[] {
  return form.fields.map(({ name, type }, index) => {
    const value = Array.isArray(args) ? args[index] : Object.hasOwn(args, name) ? args[name] : undefined;
    const draft = value === undefined ? undefined : valueToDraft(value, type, form.records);
    return draft ?? emptyDraft(type, form.records);
  });
}

/** Arguments written as one text: a list by position or a map by name; nothing for none. */
export function parseArgs(text: string): Result<SignalArgs, FieldFaults> {
  const failed = (message: string, remedy?: string): Result<never, FieldFaults> =>
    err(new Map([['', fieldFault(message, remedy)]]));
  if (text.trim() === '') return ok([]);
  const value = parseValue(text);
  if (!value.ok) {
    const { line = 1, column = 1 } = value.error.position ?? {};
    return failed(`line ${line}, column ${column}: ${value.error.message}`, value.error.remedy);
  }
  if (isList(value.value)) return ok([...value.value]);
  if (isMap(value.value)) return ok({ ...value.value });
  return failed('arguments are a list or a map', 'for example [1, "alice"] or { amount: 1 }');
}
