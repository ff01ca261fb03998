/** What the composer finds again after a reload: the signal that is being written and those that were sent. */
import { z } from 'zod';
import { valueToText } from '../../ui/values/value-text';
import type { Draft } from './draft';
import { parseArgs } from './method-form';
import { type SignalDraft, emptySignal } from './signal-draft';
import type { SentSignal } from './sent-signal';

/** Under which the window keeps it, with what other panels remember. */
export const memoryName = 'composer';

export interface ComposerMemory {
  readonly signal: SignalDraft;
  /** The latest first. */
  readonly sent: readonly SentSignal[];
}

/** As plain data, leaving out what is oldest where it would become long. */
export function memoryToPlain({ signal, sent }: ComposerMemory): z.infer<typeof plainMemory> {
  const { to, method, gas, draftsByForm, textByMethod } = signal;
  return {
    to: withinLength(to),
    method: withinLength(method),
    gas: withinLength(gas),
    drafts: latestWithin([...draftsByForm].toReversed()).toReversed(),
    texts: latestWithin([...textByMethod].toReversed()).toReversed(),
    sent: latestWithin(sent.map((one) => ({ ...one, args: valueToText(one.args) }))),
  };
}

/** Nothing written and nothing sent when it is no such memory. */
export function plainToMemory(plain: unknown): ComposerMemory {
  const read = plainMemory.safeParse(plain);
  if (!read.success) return { signal: emptySignal, sent: [] };
  const { drafts, texts, sent, ...named } = read.data;
  return {
    signal: { ...named, draftsByForm: new Map(drafts), textByMethod: new Map(texts) },
    sent: sent.flatMap((one) => {
      const args = parseArgs(one.args);
      return args.ok ? [{ ...one, args: args.value }] : [];
    }),
  };
}

/** Characters of each part of the memory: it is written again after each change. */
const longestPart = 50_000;

const withinLength = (text: string): string => (text.length <= longestPart ? text : '');

/** The items from the first on that are not too long together. */
function latestWithin<T>(items: readonly T[]): T[] {
  let length = 0;
  return items.filter((item) => (length += JSON.stringify(item).length) <= longestPart);
}

const draft: z.ZodType<Draft> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('bool'), on: z.boolean() }),
    z.object({ kind: z.literal('bytes'), form: z.enum(['hex', 'text']), text: z.string() }),
    z.object({ kind: z.literal('items'), items: z.array(z.object({ id: z.int(), draft })) }),
    z.object({ kind: z.literal('fields'), fields: z.array(draft) }),
    z.object({ kind: z.literal('option'), some: z.boolean(), of: draft.nullable() }),
    z.object({
      kind: z.literal('result'),
      side: z.enum(['ok', 'err']),
      ok: draft.nullable(),
      err: draft.nullable(),
    }),
  ]),
);

const plainMemory = z.object({
  to: z.string(),
  method: z.string(),
  gas: z.string(),
  drafts: z.array(z.tuple([z.string(), z.array(draft).readonly()])),
  texts: z.array(z.tuple([z.string(), z.string()])),
  sent: z.array(
    z.object({
      to: z.string(),
      method: z.string(),
      args: z.string(),
      gas: z.string(),
      receipt: z.int().min(0).nullable(),
    }),
  ),
});
