/** A breakpoint as it is typed into the form. */
import { type Fault, fault } from '../../../core/base/fault';
import { type Result, err, ok } from '../../../core/base/result';
import type { Breakpoint, Condition } from '../../store/debug/breakpoints';
import { parseValue } from '../../ui/values/parse-value';
import { valueToText } from '../../ui/values/value-text';

export type Kind = Condition['kind'];

/** The texts of all fields, whatever the kind. */
export interface BreakpointDraft {
  readonly kind: Kind;
  readonly file: string;
  readonly line: string;
  readonly code: string;
  readonly offset: string;
  /** Of a function, an import or a method. */
  readonly name: string;
  readonly argument: string;
  readonly value: string;
  readonly kernel: string;
  readonly path: string;
  readonly access: 'read' | 'write' | 'any';
  readonly address: string;
  readonly length: string;
  readonly when: string;
  readonly hitWhich: 'always' | 'only' | 'from' | 'each';
  readonly hitCount: string;
  readonly log: string;
}

export const emptyDraft: BreakpointDraft = {
  kind: 'line',
  file: '',
  line: '',
  code: '',
  offset: '',
  name: '',
  argument: '',
  value: '',
  kernel: '',
  path: '',
  access: 'write',
  address: '',
  length: '4',
  when: '',
  hitWhich: 'always',
  hitCount: '',
  log: '',
};

export function breakpointToDraft({ on, when, hits, log }: Breakpoint): BreakpointDraft {
  return {
    ...emptyDraft,
    ...conditionToDraft(on),
    kind: on.kind,
    when: when ?? '',
    hitWhich: hits?.which ?? 'always',
    hitCount: hits === null ? '' : String(hits.n),
    log: log ?? '',
  };
}

function conditionToDraft(on: Condition): Partial<BreakpointDraft> {
  switch (on.kind) {
    case 'line':
      return { file: on.file, line: String(on.line) };
    case 'instruction':
      return { code: on.code, offset: `0x${on.offset.toString(16)}` };
    case 'function':
      return { name: on.name };
    case 'import':
      return {
        name: on.import,
        ...(on.argument === null
          ? {}
          : { argument: on.argument.name, value: valueToText(on.argument.value) }),
      };
    case 'state':
      return { kernel: on.kernel ?? '', path: on.path, access: on.access };
    case 'memory':
      return {
        kernel: on.kernel ?? '',
        address: `0x${on.address.toString(16)}`,
        length: String(on.length),
      };
    case 'trap':
      return {};
    case 'method':
      return { kernel: on.kernel ?? '', name: on.method ?? '' };
  }
}

type DraftFault = Fault<'bad-breakpoint'>;

/** The fault says which field lacks what. */
export function draftToBreakpoint(draft: BreakpointDraft, enabled: boolean): Result<Breakpoint, DraftFault> {
  const on = draftToCondition(draft);
  if (!on.ok) return on;
  const n = wholeNumber(draft.hitCount);
  if (draft.hitWhich !== 'always' && (n === null || n < 1)) return lacks('a number of hits, from 1');
  return ok({
    on: on.value,
    enabled,
    when: orNull(draft.when),
    hits: draft.hitWhich === 'always' || n === null ? null : { which: draft.hitWhich, n },
    log: orNull(draft.log),
  });
}

function draftToCondition(draft: BreakpointDraft): Result<Condition, DraftFault> {
  const kernel = orNull(draft.kernel);
  const name = draft.name.trim();
  switch (draft.kind) {
    case 'line': {
      const line = wholeNumber(draft.line);
      if (draft.file.trim() === '') return lacks('a file');
      return line === null || line < 1
        ? lacks('a line, from 1')
        : ok({ kind: 'line', file: draft.file.trim(), line });
    }
    case 'instruction': {
      const offset = wholeNumber(draft.offset);
      if (draft.code.trim() === '') return lacks('a code: choose the instruction in the panel Code');
      return offset === null
        ? lacks('an offset')
        : ok({ kind: 'instruction', code: draft.code.trim(), offset });
    }
    case 'function':
      return name === '' ? lacks('a function, by name or as #7') : ok({ kind: 'function', name });
    case 'import':
      return name === ''
        ? lacks('an import: kernel.state_set, or kernel for all of a set')
        : importOf(draft, name);
    case 'state':
      return ok({ kind: 'state', kernel, path: draft.path.trim(), access: draft.access });
    case 'memory': {
      const address = wholeNumber(draft.address);
      const length = wholeNumber(draft.length);
      if (address === null) return lacks('an address');
      return length === null || length < 1
        ? lacks('a length, from 1')
        : ok({ kind: 'memory', kernel, address, length });
    }
    case 'trap':
      return ok({ kind: 'trap' });
    case 'method':
      return ok({ kind: 'method', kernel, method: orNull(name) });
  }
}

function importOf(draft: BreakpointDraft, name: string): Result<Condition, DraftFault> {
  const argument = draft.argument.trim();
  if (argument === '') return ok({ kind: 'import', import: name, argument: null });
  const value = parseValue(draft.value);
  return value.ok
    ? ok({ kind: 'import', import: name, argument: { name: argument, value: value.value } })
    : lacks(`a value for ${argument}: ${value.error.message}`);
}

const lacks = (what: string): Result<never, DraftFault> => err(fault('bad-breakpoint', `it lacks ${what}`));

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Decimal or `0x…`; `null` for anything else. */
function wholeNumber(text: string): number | null {
  if (!/^(\d+|0x[\da-f]+)$/i.test(text.trim())) return null;
  const number = Number(text.trim());
  return Number.isSafeInteger(number) ? number : null;
}
