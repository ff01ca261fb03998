/** The signal that is being written: what was typed last into each form is there again when the form is. */
import type { WireInterface, WireValue } from '../../../core/studio/protocol/wire';
import type { Draft } from './draft';
import { type MethodForm, type SignalArgs, argsToDrafts, emptyDrafts, methodForm } from './method-form';
import { valueToText } from '../../ui/values/value-text';

export interface SignalDraft {
  readonly to: string;
  readonly method: string;
  /** Empty for the limit of the world. */
  readonly gas: string;
  /** Fields by method and signature: another kernel with the same method takes them over. The latest come last. */
  readonly draftsByForm: ReadonlyMap<string, readonly Draft[]>;
  /** Arguments as one text, by method. The latest come last. */
  readonly textByMethod: ReadonlyMap<string, string>;
}

export const emptySignal: SignalDraft = {
  to: '',
  method: '',
  gas: '',
  draftsByForm: new Map(),
  textByMethod: new Map(),
};

/** `null` when the interface has no such method: its arguments are then written as one text. */
export function formOf(contract: WireInterface | null, method: string): MethodForm | null {
  const found = contract?.methods.find(({ name }) => name === method);
  return found === undefined || contract === null ? null : methodForm(found, contract);
}

export const draftsOf = ({ draftsByForm, method }: SignalDraft, form: MethodForm): readonly Draft[] =>
  draftsByForm.get(formKey(method, form)) ?? emptyDrafts(form);

export const withDrafts = (signal: SignalDraft, form: MethodForm, drafts: readonly Draft[]): SignalDraft => ({
  ...signal,
  draftsByForm: withLatest(signal.draftsByForm, formKey(signal.method, form), drafts),
});

export const withText = (signal: SignalDraft, text: string): SignalDraft => ({
  ...signal,
  textByMethod: withLatest(signal.textByMethod, signal.method, text),
});

/** Fills in arguments, both as fields where there is a form for them and as text. */
export function withArgs(signal: SignalDraft, form: MethodForm | null, args: SignalArgs): SignalDraft {
  const text: WireValue = args;
  const filled = withText(signal, valueToText(text));
  return form === null ? filled : withDrafts(filled, form, argsToDrafts(form, args));
}

const formKey = (method: string, { signature }: MethodForm): string => `${method}(${signature})`;

const withLatest = <T>(map: ReadonlyMap<string, T>, key: string, item: T): ReadonlyMap<string, T> =>
  new Map([...map].filter(([other]) => other !== key)).set(key, item);
