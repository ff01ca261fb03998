/** Whether a breakpoint can be met, and where: what is armed of it, and what the client is told. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Result, err, ok } from '../../base/result';
import type { Breakpoint, HitFilter, Trigger } from '../../debugger/breakpoint';
import { parseExpression } from '../../debugger/expression/parse';
import { parseTemplate } from '../../debugger/expression/template';
import { type Placement, placeTrigger } from '../../debugger/placement';
import type { SteppedCode } from './codes';
import type { Target } from './target';

/** What a client says of when a breakpoint counts, and what to do then. */
export interface Circumstances {
  readonly condition?: string | undefined;
  readonly hitCondition?: string | undefined;
  readonly logMessage?: string | undefined;
}

export interface Settled {
  readonly answer: DebugProtocol.Breakpoint;
  /** `null` for one that can't be met. */
  readonly breakpoint: Breakpoint | null;
}

export function settle(
  id: number,
  meant: Result<Trigger, string>,
  circumstances: Circumstances,
  target: Target,
): Settled {
  const read = meant.ok ? readBreakpoint(id, meant.value, circumstances) : meant;
  if (!read.ok) return refused(id, read.error);
  const { on } = read.value;
  const placed = target.codes.all.map((code) => ({ code, placement: placeTrigger(on, code.code) }));
  const found = placed.flatMap(({ code, placement }) => (placement.ok ? [{ code, ...placement.value }] : []));
  const [first] = found;
  if (first === undefined) {
    const reasons = placed.flatMap(({ placement }) => (placement.ok ? [] : placement.error));
    return refused(id, whyNowhere(on, reasons, target));
  }
  const { words } = first;
  return {
    answer: {
      id,
      verified: true,
      ...(words === null ? {} : { message: words }),
      ...whereIs(on, first, target),
    },
    breakpoint: read.value,
  };
}

const refused = (id: number, message: string): Settled => ({
  answer: { id, verified: false, message },
  breakpoint: null,
});

type Found = Placement & { readonly code: SteppedCode };

/** The line that it came to lie on, and its first instruction. */
function whereIs(
  on: Trigger,
  { code, line, positions: [position] }: Found,
  { sources, codes }: Target,
): Partial<DebugProtocol.Breakpoint> {
  const reference =
    position === undefined ? {} : { instructionReference: codes.addressOf(code, position.offset) };
  if (line !== null) {
    const { column: _column, ...place } = sources.inSource(code, { ...line, column: 1 });
    return { ...place, ...reference };
  }
  if (on.kind !== 'instruction' || position === undefined) return reference;
  const { column: _column, ...place } = sources.inText(code, position);
  return { ...place, ...reference };
}

function whyNowhere(on: Trigger, reasons: readonly string[], { codes, debuggee }: Target): string {
  if (on.kind !== 'line') return `no code that ran can meet it: ${[...new Set(reasons)].join('; ')}`;
  if (on.file.startsWith('../')) return `it is not in the workspace ${debuggee.workspace.folder}`;
  const refusal = codes.refused.find(({ contract }) => contract === on.file);
  if (refusal !== undefined) return refusal.fault.message;
  const place = codes.all.findIndex(({ code }) => code.lines?.files.includes(on.file) === true);
  return reasons[place] ?? `no code that ran is made from ${on.file}`;
}

function readBreakpoint(
  id: number,
  on: Trigger,
  { condition = '', hitCondition = '', logMessage = '' }: Circumstances,
): Result<Breakpoint, string> {
  const when = condition.trim() === '' ? null : condition;
  const log = logMessage === '' ? null : logMessage;
  const expression = when === null ? null : parseExpression(when);
  if (expression?.ok === false) return err(`the condition: ${expression.error.message}`);
  const template = log === null ? null : parseTemplate(log);
  if (template?.ok === false) return err(`the log message: ${template.error.message}`);
  const hits = readHits(hitCondition.trim());
  return hits.ok ? ok({ id, on, enabled: true, when, hits: hits.value, log }) : hits;
}

/** `5`, `== 5`: the fifth time; `>= 5`, `> 5`; `% 5`: every fifth time. */
function readHits(text: string): Result<HitFilter | null, string> {
  if (text === '') return ok(null);
  const [, sign = '', digits = ''] = /^(==?|>=?|%)?\s*(\d{1,9})$/.exec(text) ?? [];
  const n = Number(digits) + (sign === '>' ? 1 : 0);
  if (n === 0) return err('a hit count is written as 5, >= 5, > 5 or % 5');
  return ok({ which: sign === '%' ? 'each' : sign.startsWith('>') ? 'from' : 'only', n });
}
