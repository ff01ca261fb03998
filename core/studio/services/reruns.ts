/**
 * What is seen only while a message runs: recomputed by running it again. Of the last message that was looked at, one
 * stretch of its import calls is kept, never all of them.
 */
import type { Fault } from '../../base/fault';
import type { Hash } from '../../base/hash';
import { type Result, ok } from '../../base/result';
import type { CodePosition } from '../../environment/outcome';
import type { Branch } from '../../history/branch';
import type { Receipt } from '../../kernel/receipt';
import { type Returns, pageSize } from '../protocol/declare';
import { type CodeFrame, previewBytes } from '../protocol/wire';
import type { ImportCallRow, worldProtocol } from '../protocol/world';
import type { CodeBook } from './code-book';
import { importCallToRow } from './import-rows';
import { countChanges } from './state-changes';
import { answerToWire, dataToWire } from './wire-values';

export type ImportsPage = Returns<typeof worldProtocol, 'world.imports'>;
export type EnvironmentView = Returns<typeof worldProtocol, 'world.environment'>;

export interface Reruns {
  imports(index: number, start: number, count: number): Result<ImportsPage, Fault>;
  environment(index: number): Result<EnvironmentView, Fault>;
  /** The calls that led to the trap of a message, innermost first; none when it didn't trap in its code. */
  trapStack(receipt: Receipt): Result<readonly CodeFrame[], Fault>;
}

export function createReruns(branch: Branch, codes: CodeBook): Reruns {
  let last: Seen | null = null;

  function see(index: number, from: number): Result<Seen, Fault> {
    const first = Math.floor(from / stretch) * stretch;
    if (last !== null && last.index === index && last.first === first) return ok(last);
    const rows: PlacedRow[] = [];
    let total = 0;
    let trapStack: readonly CodePosition[] = [];
    const rerun = branch.rerun(index, {
      onImport(call) {
        total++;
        if (call.refused !== null) trapStack = call.stack;
        if (call.index >= first && call.index < first + keptAtOnce)
          rows.push({ ...importCallToRow(call), stack: call.stack });
      },
      onTrap(stack) {
        trapStack = stack;
      },
    });
    if (!rerun.ok) return rerun;
    const { receipt, environment } = rerun.value;
    const { message, limits, reply } = environment;
    last = {
      index,
      first,
      rows,
      total,
      code: receipt.code,
      trapStack,
      environment: {
        message: { from: message.from, to: message.to, method: message.method, id: message.id },
        gasLimit: limits.gas,
        gasUsed: receipt.gasUsed,
        time: environment.time,
        seed: environment.seed,
        pages: limits.pages,
        stack: limits.stack,
        answers: environment.answers.map(answerToWire),
        writes: countChanges(environment.before, environment.state),
        sends: environment.sends.length,
        logs: environment.logs.slice(0, pageSize).map((line) => line.slice(0, previewBytes)),
        reply: reply === null ? null : dataToWire(reply),
        randomDrawn: environment.randomDrawn,
      },
    };
    return ok(last);
  }

  const framesOf = ({ code }: Seen, stack: readonly CodePosition[]) =>
    code === null ? [] : codes.frames(code, stack);

  return {
    imports(index, start, count) {
      const seen = see(index, start);
      if (!seen.ok) return seen;
      const { first, rows, total } = seen.value;
      const page = rows.slice(start - first, start - first + count);
      return ok({
        start,
        total,
        rows: page.map((row) => ({ ...row, stack: framesOf(seen.value, row.stack) })),
      });
    },
    environment(index) {
      const seen = last?.index === index ? ok(last) : see(index, 0);
      return seen.ok ? ok(seen.value.environment) : seen;
    },
    trapStack({ index, outcome }) {
      if (outcome.kind !== 'trap') return ok([]);
      const seen = last?.index === index ? ok(last) : see(index, 0);
      return seen.ok ? ok(framesOf(seen.value, seen.value.trapStack)) : seen;
    },
  };
}

/** Where kept calls begin: some pages apart, so that scrolling doesn't run the message for each. */
const stretch = 10 * pageSize;
/** A page that begins in one stretch may end in the next. */
const keptAtOnce = stretch + pageSize;

type BareRow = Omit<ImportCallRow, 'stack'>;
type PlacedRow = BareRow & { readonly stack: readonly CodePosition[] };

interface Seen {
  readonly index: number;
  readonly first: number;
  readonly rows: readonly PlacedRow[];
  readonly total: number;
  /** The code that ran, which the stacks are places in; they are looked up in its source when they are asked for. */
  readonly code: Hash | null;
  readonly trapStack: readonly CodePosition[];
  readonly environment: EnvironmentView;
}
