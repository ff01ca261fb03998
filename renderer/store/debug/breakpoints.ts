/** The breakpoints of the workspace, as the host keeps them. */
import type { StudioParams, StudioReturns } from '../../../core/studio/protocol/studio';
import type { SliceOf } from '../studio';
import type { Target } from './debug';

export type BreakpointRow = StudioReturns<'debug.breakpoints'>['rows'][number];
export type Breakpoint = StudioParams<'debug.setBreakpoint'>['breakpoint'];
export type Condition = Breakpoint['on'];

export interface BreakpointsSlice {
  /** In the order they were made. */
  readonly breakpoints: readonly BreakpointRow[];
  readBreakpoints(): Promise<void>;
  /** Makes one, or changes the one of this id. Tells of a failure itself; answers with its id. */
  setBreakpoint(id: number | null, breakpoint: Breakpoint): Promise<number | null>;
  /** All of them for `null`. */
  removeBreakpoints(ids: readonly number[] | null): Promise<void>;
  /** Makes a plain one at a place, or removes those that are there. */
  toggleBreakpoint(target: Target | null): void;
}

export const plainBreakpoint = (on: Condition): Breakpoint => ({
  on,
  enabled: true,
  when: null,
  hits: null,
  log: null,
});

/** Whether it was made at this line, or was moved there for want of code. */
export const isAtLine = (row: BreakpointRow, file: string, line: number): boolean =>
  (row.line !== null && row.line.file === file && row.line.line === line) ||
  (row.breakpoint.on.kind === 'line' && row.breakpoint.on.file === file && row.breakpoint.on.line === line);

export const isAtInstruction = (row: BreakpointRow, code: string, offset: number): boolean =>
  row.places.some((place) => place.code === code && place.offset === offset);

/** A codicon that says of which kind it is, and whether it can be met. */
export function breakpointIcon({ breakpoint, verified }: BreakpointRow): string {
  const { on, enabled, when, hits, log } = breakpoint;
  const base =
    log !== null
      ? 'debug-breakpoint-log'
      : when !== null || hits !== null
        ? 'debug-breakpoint-conditional'
        : on.kind === 'memory' || on.kind === 'state'
          ? 'debug-breakpoint-data'
          : on.kind === 'function' || on.kind === 'method' || on.kind === 'import'
            ? 'debug-breakpoint-function'
            : 'debug-breakpoint';
  if (!enabled) return `${base}-disabled`;
  return verified ? base : `${base}-unverified`;
}

const pageRows = 100;

export const createBreakpointsSlice: SliceOf<BreakpointsSlice> = (set, get, { client }) => {
  const readBreakpoints = async (): Promise<void> => {
    const rows: BreakpointRow[] = [];
    for (let total = 1; rows.length < total;) {
      const page = await client.call('debug.breakpoints', { start: rows.length, count: pageRows });
      if (!page.ok || page.value.rows.length === 0) break;
      rows.push(...page.value.rows);
      total = page.value.total;
    }
    set({ breakpoints: rows });
  };

  return {
    breakpoints: [],
    readBreakpoints,
    async setBreakpoint(id, breakpoint) {
      const row = await client.call('debug.setBreakpoint', { id, breakpoint });
      if (row.ok) await readBreakpoints();
      else get().notifyFault('The breakpoint could not be set', row.error);
      return row.ok ? row.value.id : null;
    },
    async removeBreakpoints(ids) {
      const answer = await client.call('debug.removeBreakpoints', { ids: ids === null ? null : [...ids] });
      if (!answer.ok) get().notifyFault('The breakpoints could not be removed', answer.error);
      await readBreakpoints();
    },
    toggleBreakpoint(target) {
      const { breakpoints, debugStop, removeBreakpoints, setBreakpoint } = get();
      if (target === null || target.kind === 'function') {
        get().notify({
          kind: 'info',
          text: 'Put the cursor on a line of a contract, or choose an instruction, first.',
        });
        return;
      }
      const code = debugStop?.code ?? '';
      const there = breakpoints.filter((row) =>
        target.kind === 'line'
          ? isAtLine(row, target.file, target.line)
          : isAtInstruction(row, code, target.offset),
      );
      if (there.length > 0) void removeBreakpoints(there.map(({ id }) => id));
      else
        void setBreakpoint(
          null,
          plainBreakpoint(
            target.kind === 'line' ? target : { kind: 'instruction', code, offset: target.offset },
          ),
        );
    },
  };
};
