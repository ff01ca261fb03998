/** What is asked of the whole run: when something changed, or what an expression was at each pass of a place. */
import type { Fault } from '../../../core/base/fault';
import { type Result, ok } from '../../../core/base/result';
import type { StudioParams } from '../../../core/studio/protocol/studio';
import type { WireValue } from '../../../core/studio/protocol/wire';
import type { StudioClient } from '../../app/connection';
import type { Target } from '../../store/debug/debug';

export type Watched = StudioParams<'debug.changesOf'>['of'];

export type Question =
  | { readonly kind: 'changes'; readonly of: Watched; readonly words: string }
  | { readonly kind: 'values'; readonly at: Target; readonly expression: string; readonly words: string };

/** A moment, and the value that was found there. */
export interface FoundValue {
  readonly moment: number;
  /** Before a change; `undefined` where only a value was asked for. */
  readonly before: WireValue | undefined;
  readonly value: WireValue;
  /** Where, or why there is no value. */
  readonly words: string;
}

interface FoundPage {
  readonly rows: readonly FoundValue[];
  readonly next: number | null;
}

const pageRows = 100;

export async function askPast(
  {
    client,
    session,
    signal,
  }: { readonly client: StudioClient; readonly session: number; readonly signal: AbortSignal },
  question: Question,
  after: number | null,
): Promise<Result<FoundPage, Fault>> {
  if (question.kind === 'changes') {
    const page = await client.call(
      'debug.changesOf',
      { session, of: question.of, after, count: pageRows },
      signal,
    );
    if (!page.ok) return page;
    const rows = page.value.rows.map(({ moment, place, before, after: value }) => ({
      moment,
      before: watchedValue(before),
      value: watchedValue(value),
      words:
        place.source?.file === undefined
          ? `0x${place.offset.toString(16)}`
          : `${place.source.file}:${place.source.line}`,
    }));
    return ok({ rows, next: page.value.next });
  }
  const { at, expression } = question;
  const page = await client.call(
    'debug.valuesAt',
    { session, at, expression, after, count: pageRows },
    signal,
  );
  if (!page.ok) return page;
  const rows = page.value.rows.map(({ moment, value }) => ({
    moment,
    before: undefined,
    value: value.ok ? value.value : null,
    words: value.ok ? '' : value.message,
  }));
  return ok({ rows, next: page.value.next });
}

/** Bytes of memory come as bytes that may be cut; all else as values. */
function watchedValue(value: WireValue | { readonly bytes: Uint8Array; readonly length: number }): WireValue {
  const isBytes =
    typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;
  return isBytes ? value.bytes : value;
}
