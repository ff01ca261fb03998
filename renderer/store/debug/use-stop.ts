/** What is seen where the session in front stands. What was seen before stays until it is known anew. */
import { useEffect, useMemo, useState } from 'react';
import type { Fault } from '../../../core/base/fault';
import type { Result } from '../../../core/base/result';
import type { Page } from '../../../core/studio/protocol/declare';
import { type PagedList, createPagedList } from '../../lists/paged-list';
import type { StudioClient } from '../../app/connection';
import { useClient, useStudio } from '../context';
import type { Answer } from '../past/past-cache';

/** Asks one session something. */
export interface StopQuestion {
  readonly client: StudioClient;
  readonly session: number;
  readonly signal: AbortSignal;
}

/** The answer at this stop; `null` without a session. `key` says what is asked, beside the session. */
export function useAtStop<T>(
  key: string,
  ask: (question: StopQuestion) => Promise<Result<T, Fault>>,
): Answer<T> | null {
  const client = useClient();
  const session = useStudio(({ debugStop }) => debugStop?.session ?? null);
  const serial = useStudio(({ debugSerial }) => debugSerial);
  const of = `${session} ${key}`;
  const [known, setKnown] = useState<{ of: string; answer: Answer<T> }>({ of: '', answer: loading });
  useEffect(() => {
    if (session === null) return undefined;
    const asking = new AbortController();
    void ask({ client, session, signal: asking.signal }).then((result) => {
      if (asking.signal.aborted) return;
      const answer: Answer<T> = result.ok
        ? { state: 'ready', value: result.value }
        : { state: 'failed', fault: result.error };
      setKnown({ of, answer });
    });
    return () => asking.abort();
    // eslint-disable-next-line react/exhaustive-deps -- the key stands for the question
  }, [client, of, serial]);
  if (session === null) return null;
  return known.of === of ? known.answer : loading;
}

const loading = { state: 'loading' } as const;

type ReadStopPage<Row> = (
  question: StopQuestion & { readonly range: { readonly start: number; readonly count: number } },
) => Promise<Result<Page<Row>, Fault>>;

/** A list that is read again at each stop. Without a session it is empty. */
export function useStopList<Row>(key: string, read: ReadStopPage<Row>): PagedList<Row> {
  const client = useClient();
  const session = useStudio(({ debugStop }) => debugStop?.session ?? null);
  const serial = useStudio(({ debugSerial }) => debugSerial);
  const list = useMemo(
    () =>
      createPagedList<Row>({
        readPage: async ({ start, count }, signal) =>
          session === null ? emptyPage : read({ client, session, signal, range: { start, count } }),
      }),
    // eslint-disable-next-line react/exhaustive-deps -- the key stands for the question
    [client, session, key],
  );
  useEffect(() => () => list.dispose(), [list]);
  useEffect(() => list.refresh(), [list, serial]);
  return list;
}

const emptyPage = { ok: true, value: { start: 0, total: 0, rows: [] } } as const;
