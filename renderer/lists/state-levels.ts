/**
 * The levels of one kernel's state that are open, each read in pages. Another version of the state is read behind the
 * one that is shown, so that nothing flickers and what is open stays open.
 */
import { bytesToHex } from '../../core/base/bytes';
import type { Disposable } from '../../core/base/disposal';
import type { Fault } from '../../core/base/fault';
import type { Result } from '../../core/base/result';
import type { StateRow } from '../../core/studio/protocol/world';

export interface StatePage {
  readonly rows: readonly StateRow[];
  readonly more: boolean;
}

export interface StateLevel extends StatePage {
  readonly loading: boolean;
  readonly fault: Fault | null;
}

export interface StateQuestion {
  readonly at: number | null;
  readonly prefix: Uint8Array;
  readonly after: string | null;
}

export interface StateLevels extends Disposable {
  /** By the prefix in hex; only levels that are open. The same object until something changes. */
  snapshot(): ReadonlyMap<string, StateLevel>;
  subscribe(listener: () => void): () => void;
  open(prefix: Uint8Array): void;
  close(prefix: Uint8Array): void;
  /** The next page of a level; also the way to try again after a fault. */
  more(prefix: Uint8Array): void;
  /** Reads all that is open as it is in another version of the world. */
  show(at: number | null): void;
}

type Ask = (question: StateQuestion, signal: AbortSignal) => Promise<Result<StatePage, Fault>>;

interface OpenLevel {
  readonly prefix: Uint8Array;
  shown: StateLevel;
  asking: AbortController | null;
}

const nothingYet: StateLevel = { rows: [], more: false, loading: true, fault: null };

/** The root level is open from the start. */
export function createStateLevels(ask: Ask, firstAt: number | null): StateLevels {
  const levels = new Map<string, OpenLevel>();
  const listeners = new Set<() => void>();
  let at = firstAt;
  let next: { at: number | null } | null = null;
  let snapshot: ReadonlyMap<string, StateLevel> = new Map();

  const tell = (): void => {
    snapshot = new Map([...levels].map(([key, { shown }]) => [key, shown]));
    for (const listener of listeners) listener();
  };

  /** Reads pages until there are as many rows as were shown, then shows them in one go. */
  const read = async (level: OpenLevel, from: StatePage, want: number): Promise<void> => {
    const asking = new AbortController();
    level.asking?.abort();
    level.asking = asking;
    level.shown = { ...level.shown, loading: true, fault: null };
    tell();
    let rows = from.rows;
    let more = from.more;
    let fault: Fault | null = null;
    do {
      const question = { at, prefix: level.prefix, after: rows.at(-1)?.name ?? null };
      const page = await ask(question, asking.signal);
      if (level.asking !== asking) return;
      if (page.ok) ({ rows, more } = { rows: [...rows, ...page.value.rows], more: page.value.more });
      else fault = page.error;
    } while (more && fault === null && rows.length < want);
    level.asking = null;
    level.shown =
      fault === null ? { rows, more, loading: false, fault } : { ...level.shown, loading: false, fault };
    tell();
    settle();
  };

  const reload = (level: OpenLevel): void =>
    void read(level, { rows: [], more: true }, level.shown.rows.length);

  /** Versions come faster than they can be read: those between are left out. */
  const settle = (): void => {
    if (next === null || [...levels.values()].some(({ asking }) => asking !== null)) return;
    at = next.at;
    next = null;
    for (const level of levels.values()) reload(level);
  };

  const open = (prefix: Uint8Array): void => {
    const key = bytesToHex(prefix);
    if (levels.has(key)) return;
    const level: OpenLevel = { prefix, shown: nothingYet, asking: null };
    levels.set(key, level);
    reload(level);
  };
  open(new Uint8Array());

  return {
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    open,
    close(prefix) {
      const level = levels.get(bytesToHex(prefix));
      if (level === undefined) return;
      level.asking?.abort();
      level.asking = null;
      levels.delete(bytesToHex(prefix));
      tell();
      settle();
    },
    more(prefix) {
      const level = levels.get(bytesToHex(prefix));
      if (level === undefined || level.asking !== null) return;
      if (level.shown.rows.length === 0) reload(level);
      else void read(level, level.shown, 0);
    },
    show(version) {
      if (version === (next?.at ?? at)) return;
      next = { at: version };
      settle();
    },
    dispose() {
      for (const level of levels.values()) {
        level.asking?.abort();
        level.asking = null;
      }
      levels.clear();
      listeners.clear();
    },
  };
}
