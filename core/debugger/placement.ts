/** Where in a code a breakpoint is, and what is to be said about that. */
import { codec, hashToText } from '../base/hash';
import { type Result, err, ok } from '../base/result';
import type { CodePosition } from '../environment/outcome';
import type { ImportFunction, StateUse } from '../imports/import-set';
import type { Trigger } from './breakpoint';
import type { DebugCode } from './code';
import { findTarget } from './target';
import type { Place } from './timeline';

export interface Placement {
  /** Passes of these meet it; none for what isn't met at a place. */
  readonly places: readonly Place[];
  readonly positions: readonly CodePosition[];
  /** For one at a line: where it is, in place of where it was asked for. */
  readonly line: { readonly file: string; readonly line: number } | null;
  /** What it was moved to. */
  readonly words: string | null;
}

/** The reason, in words, why this code can't meet it. */
export function placeTrigger(on: Trigger, code: DebugCode): Result<Placement, string> {
  switch (on.kind) {
    case 'line':
      return placeLine(on, code);
    case 'instruction':
      return placeInstruction(on, code);
    case 'function':
      return placeFunction(on.name, code);
    case 'import':
      return placeImport(on, code);
    case 'state': {
      const isUsed = stateUses(code, on.access).length > 0;
      return isUsed ? anywhere : err(`it has no import that would ${verbOf[on.access]} the state`);
    }
    case 'memory': {
      const [memory] = code.module.memories;
      return memory === undefined ? err('it has no memory') : anywhere;
    }
    case 'trap':
      return anywhere;
    case 'method': {
      const { method } = on;
      const isThere =
        method === null ||
        code.module.exports.some(
          ({ kind, name }) => kind === 'function' && (name === method || name === 'receive'),
        );
      return isThere ? anywhere : err(`it has no method ${method}`);
    }
  }
}

const verbOf = { read: 'read', write: 'write', any: 'read or write' } as const;

const anywhere = ok<Placement>({ places: [], positions: [], line: null, words: null });

function placeLine(on: Trigger & { readonly kind: 'line' }, code: DebugCode): Result<Placement, string> {
  const found = findTarget(on, code);
  if (!found.ok) return err(found.error.message);
  const { places, target } = found.value;
  if (target.kind !== 'line') return anywhere;
  const { file, line } = target;
  const words = line === on.line ? null : `there is no code at line ${on.line}: it is at line ${line}`;
  const starts = code.lines?.passesOf(file, line) ?? [];
  const positions = starts.map(({ function: index, offset }) => ({ function: index, offset }));
  return ok({ places, positions, line: { file, line }, words });
}

function placeInstruction(
  { code: cid, offset }: Trigger & { readonly kind: 'instruction' },
  code: DebugCode,
): Result<Placement, string> {
  if (cid !== hashToText(code.hash, codec.raw)) return err('it is another code');
  const position = code.stepping.instructionFrom(offset);
  if (position === null) return err(`there is no instruction at ${offset} or after it`);
  const source = code.lines?.sourceOf(position.function, position.offset) ?? null;
  return ok({
    places: [{ at: { offset: position.offset } }],
    positions: [position],
    line: source && { file: source.file, line: source.line },
    words:
      position.offset === offset ? null : `there is no instruction at ${offset}: it is at ${position.offset}`,
  });
}

function placeFunction(name: string, code: DebugCode): Result<Placement, string> {
  const { importedFunctions } = code.module;
  const named = functionsNamed(name, code);
  if (named.length === 0) return err(`it has no function ${name}`);
  const own = named.filter((index) => code.stepping.instructions(index).length > 0);
  if (own.length === 0) {
    const isImported = named.some((index) => index < importedFunctions);
    return err(
      isImported
        ? `${name} is imported: make the breakpoint on the import`
        : `${name} has no instruction to stop at`,
    );
  }
  return ok({
    places: own.map((index) => ({ at: { entryOf: index } })),
    positions: own.map((index) => ({
      function: index,
      offset: code.stepping.instructions(index)[0] ?? 0,
    })),
    line: null,
    words: null,
  });
}

/** By name, by the last part of it, as an export, or as `#` and the index. */
function functionsNamed(wanted: string, { names, module }: DebugCode): readonly number[] {
  const index = /^#(\d+)$/.exec(wanted)?.[1];
  if (index !== undefined) return Number(index) < module.functionTypes.length ? [Number(index)] : [];
  const named = [...names.functions].filter(([, name]) => name === wanted || name.endsWith(`/${wanted}`));
  const exported = module.exports.filter(({ kind, name }) => kind === 'function' && name === wanted);
  return [...new Set([...named.map(([at]) => at), ...exported.map((entry) => entry.index)])];
}

function placeImport(on: Trigger & { readonly kind: 'import' }, code: DebugCode): Result<Placement, string> {
  const imported = importsOf(code).filter(
    ({ set, qualified }) => set === on.import || qualified === on.import,
  );
  const [first] = imported;
  if (first === undefined) return err(`it does not import ${on.import}`);
  const { argument } = on;
  if (argument === null || imported.some(({ declared }) => hasParameter(declared, argument.name)))
    return anywhere;
  const known = first.declared.params.map(({ name }) => name).join(', ');
  return err(`${first.qualified} has no parameter ${argument.name}; it has ${known || 'none'}`);
}

const hasParameter = ({ params }: ImportFunction, wanted: string): boolean =>
  params.some(({ name }) => name === wanted);

interface Imported {
  readonly set: string;
  readonly qualified: string;
  readonly declared: ImportFunction;
}

function importsOf({ module, imports }: DebugCode): readonly Imported[] {
  return module.imports.flatMap(({ kind, module: set, name }) => {
    const declared = imports.find((each) => each.name === set)?.functions[name];
    return kind === 'function' && declared !== undefined
      ? [{ set, qualified: `${set}.${name}`, declared }]
      : [];
  });
}

/** Imports of a code that read or write its state, and how. */
export const stateUses = (
  code: DebugCode,
  access: 'read' | 'write' | 'any',
): readonly (StateUse & { readonly qualified: string })[] =>
  importsOf(code).flatMap(({ qualified, declared: { state } }) =>
    state !== undefined && (access === 'any' || state.access === access) ? [{ ...state, qualified }] : [],
  );
