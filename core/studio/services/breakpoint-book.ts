/** All breakpoints of a workspace, in the order they were made. */
import { type Event, createEmitter } from '../../base/events';
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { Breakpoint } from '../../debugger/breakpoint';
import { parseExpression } from '../../debugger/expression/parse';
import { parseTemplate } from '../../debugger/expression/template';

/** Where breakpoints outlive the process. */
export interface KeptBreakpoints {
  read(): readonly Breakpoint[];
  write(breakpoints: readonly Breakpoint[]): Result<void, Fault>;
}

export interface BreakpointBook {
  readonly all: readonly Breakpoint[];
  /** Those that stop: they are on, and write no log instead. */
  readonly stopping: readonly Breakpoint[];
  readonly onChange: Event<void>;
  /** In the place of the one of that id, or after all others. */
  set(id: number | null, breakpoint: Omit<Breakpoint, 'id'>): Result<Breakpoint, Fault>;
  /** Those of these ids; all of them for `null`. */
  remove(ids: readonly number[] | null): Result<void, Fault>;
}

/** Each is looked out for on every run. */
const mostBreakpoints = 256;

export function createBreakpointBook(kept: KeptBreakpoints): BreakpointBook {
  const changes = createEmitter<void>();
  let all = kept.read();
  let stopping = stoppingOf(all);

  function change(next: readonly Breakpoint[]): Result<void, Fault> {
    const written = kept.write(next);
    if (!written.ok) return written;
    all = next;
    stopping = stoppingOf(all);
    changes.emit();
    return ok(undefined);
  }

  return {
    get all() {
      return all;
    },
    get stopping() {
      return stopping;
    },
    onChange: changes,
    set(id, asked) {
      const readable = checkTexts(asked);
      if (!readable.ok) return readable;
      const place = id === null ? all.length : all.findIndex((each) => each.id === id);
      if (place === -1) return err(fault('no-breakpoint', `there is no breakpoint ${id}`));
      if (place >= mostBreakpoints) return err(tooMany);
      const breakpoint = { ...asked, id: id ?? nextId(all) };
      const changed = change(all.toSpliced(place, 1, breakpoint));
      return changed.ok ? ok(breakpoint) : changed;
    },
    remove: (ids) => change(ids === null ? [] : all.filter(({ id }) => !ids.includes(id))),
  };
}

const stoppingOf = (all: readonly Breakpoint[]): readonly Breakpoint[] =>
  all.filter(({ enabled, log }) => enabled && log === null);

const nextId = (all: readonly Breakpoint[]): number =>
  all.reduce((most, { id }) => Math.max(most, id), 0) + 1;

function checkTexts({ when, log }: Omit<Breakpoint, 'id'>): Result<unknown, Fault> {
  const condition = when === null ? ok(null) : parseExpression(when);
  if (!condition.ok) return condition;
  return log === null ? condition : parseTemplate(log);
}

const tooMany = fault('too-many-breakpoints', `there are ${mostBreakpoints} breakpoints already`, {
  remedy: 'remove some of them',
});
