/** Runs a script of the specification's test suite in every container, as far as kernels take what it uses. */
import type { CodeFault } from '../../../core/container/container';
import type { TrapReason } from '../../../core/environment/outcome';
import type { Result } from '../../../core/base/result';
import { watToWasm, wasmToWat } from '../../fixtures/wat';
import { type LoadedSubject, type Subject, subjects } from '../subjects';
import { type Driven, driveActions, entryName } from './drive';
import { bitsOfConstants, fits } from './expectation';
import { type Command, type ModuleSource, readScript } from './script';
import { spectest, withoutHost } from './spectest';

export interface ScriptReport {
  /** Assertions that hold in every container. */
  readonly held: number;
  readonly failed: readonly string[];
  /** What kernels take no part in, such as memories of the host, with the number of commands that need it. */
  readonly skipped: ReadonlyMap<string, number>;
}

const gas = 100_000_000;

/** A module with what is asked of it. */
interface Part {
  readonly source: ModuleSource;
  readonly bytes: Uint8Array | null;
  /** Why kernels don't take it. */
  readonly refusal: string | null;
  readonly commands: (Command & { readonly kind: 'action' | 'return' | 'trap' })[];
}

export function runScript(text: string): ScriptReport {
  const failed: string[] = [];
  const skipped = new Map<string, number>();
  let held = 0;
  const skip = (why: string): void => void skipped.set(why, (skipped.get(why) ?? 0) + 1);
  const judge = (line: number, differences: readonly string[]): void => {
    if (differences.length === 0) held++;
    else failed.push(...differences.map((difference) => `line ${line}: ${difference}`));
  };

  for (const command of partsOf(readScript(text), skip)) {
    if ('commands' in command) runPart(command);
    else if (command.kind === 'refused') refuse(command);
    else runFailing(command);
  }
  return { held, failed, skipped };

  function runPart({ source, bytes, refusal, commands }: Part): void {
    if (bytes === null || refusal !== null) return commands.forEach(() => skip(refusal ?? ''));
    const actions: Driven[] = commands.map((command) => ({
      ...command.action,
      traps: command.kind === 'trap',
    }));
    const { fields, results } = driveActions(bytes, actions);
    const driven = watToWasm(withFields(source, fields));
    const loaded = subjects.map((subject) => loadDriven(subject, driven));
    commands.forEach((command, place) => {
      const count = results[place] ?? null;
      if (count === null) return skip('a function that is exported but not its own');
      if (command.kind === 'trap') {
        judge(
          command.line,
          loaded.flatMap((subject) => trapDifferences(subject, place, command.message)),
        );
      } else {
        const wanted = command.kind === 'return' ? command.results : [];
        if (wanted.length > 0 || command.kind === 'return') {
          judge(
            command.line,
            loaded.flatMap((subject) => resultDifferences(subject, place, wanted)),
          );
        }
      }
    });
  }

  function refuse({ line, why, of, source }: Command & { readonly kind: 'refused' }): void {
    const bytes = sourceToBytes(source);
    if (bytes === null) return skip('refused as text');
    if (of === 'malformed' && source.kind === 'text') return skip('malformed text that wabt takes');
    const takenBy = subjects.filter(({ load }) => load(bytes, [spectest]).ok);
    judge(
      line,
      takenBy.map(({ kind }) => `${kind} takes a module that is wrong: ${why}`),
    );
  }

  /** A module whose segments don't fit, or whose start function traps. */
  function runFailing({ line, source: given, message }: Command & { readonly kind: 'module traps' }): void {
    const source = onItsOwn(given);
    const bytes = sourceToBytes(source);
    const refusal = bytes === null ? 'text that wabt does not read' : refusalOf(bytes);
    if (bytes === null || refusal !== null) return skip(refusal ?? '');
    const driven = watToWasm(withFields(source, `(func (export "${entryName(0, 0)}"))`));
    judge(
      line,
      subjects.flatMap((subject) => trapDifferences(loadDriven(subject, driven), 0, message)),
    );
  }
}

/** Modules with what is asked of them, in order. */
function partsOf(
  commands: readonly Command[],
  skip: (why: string) => void,
): (Part | (Command & { readonly kind: 'refused' | 'module traps' }))[] {
  const parts: (Part | (Command & { readonly kind: 'refused' | 'module traps' }))[] = [];
  const named = new Map<string, Part>();
  const registered = new Set<Part>();
  /** Those that may have kept a reference of the host, which kernels don't have. */
  const keeping = new Set<Part>();
  /** Whether there was a module that imports what kernels don't offer: it may change those that are registered. */
  let isShared = false;
  let last: Part | null = null;
  const find = (name: string | null): Part | null => (name === null ? last : (named.get(name) ?? null));
  for (const command of commands) {
    switch (command.kind) {
      case 'module':
        last = partOf(command.source);
        isShared ||= last.refusal?.startsWith('an import') ?? false;
        parts.push(last);
        if (command.name !== null) named.set(command.name, last);
        break;
      case 'register': {
        const part = find(command.module);
        if (part !== null) registered.add(part);
        break;
      }
      case 'refused':
      case 'module traps':
        isShared ||= registered.size > 0;
        parts.push(command);
        break;
      case 'other':
        skip(command.what);
        break;
      default: {
        const { module, args } = command.action;
        const part = find(module);
        if (part === null) skip('an action without a module');
        else if (isShared && registered.has(part)) skip('a module that others import from, and change');
        else if (args.some((arg) => /ref\.(extern|host)/.test(arg))) {
          skip('a reference of the host');
          if (part.refusal === null) keeping.add(part);
        } else if (keeping.has(part)) skip('what follows a reference of the host');
        else part.commands.push(command);
      }
    }
  }
  return parts;
}

function partOf(given: ModuleSource): Part {
  const source = onItsOwn(given);
  const bytes = sourceToBytes(source);
  const refusal = bytes === null ? 'text that wabt does not read' : refusalOf(bytes);
  return { source, bytes, refusal, commands: [] };
}

const onItsOwn = (source: ModuleSource): ModuleSource =>
  source.kind === 'text' ? { kind: 'text', text: withoutHost(source.text) } : source;

/** `null` for what is refused as text already. */
function sourceToBytes(source: ModuleSource): Uint8Array | null {
  if (source.kind === 'binary') return source.bytes;
  try {
    return watToWasm(source.text);
  } catch {
    return null;
  }
}

function withFields(source: ModuleSource, fields: string): string {
  const text = source.kind === 'text' ? source.text : wasmToWat(source.bytes);
  return `${text.slice(0, text.lastIndexOf(')'))}\n${fields})`;
}

/** Why kernels don't take a valid module. */
function refusalOf(bytes: Uint8Array): string | null {
  const taken: Result<unknown, CodeFault> | undefined = subjects[0]?.load(bytes, [spectest]);
  if (taken === undefined || taken.ok) return null;
  const { code, message } = taken.error;
  if (code === 'missing-import')
    return /an imported (\w+)/.exec(message)?.[0] ?? 'an import of another module';
  return message.replaceAll(/\d+/g, 'N');
}

function loadDriven(subject: Subject, bytes: Uint8Array): LoadedSubject {
  const loaded = subject.load(bytes, [spectest]);
  if (!loaded.ok)
    throw new Error(`${subject.kind} takes a module without entries alone: ${loaded.error.message}`);
  return loaded.value;
}

function resultDifferences(
  subject: LoadedSubject,
  action: number,
  wanted: readonly string[],
): readonly string[] {
  if (wanted.length === 0) {
    const { outcome } = subject.run({ name: entryName(action, 0), args: [] }, gas);
    return outcome.kind === 'ok' ? [] : [`${subject.kind}: ok expected, ${JSON.stringify(outcome)} seen`];
  }
  const constants = bitsOfConstants(wanted);
  return wanted.flatMap((pattern, result) => {
    const { outcome, returned } = subject.run({ name: entryName(action, result), args: [] }, gas);
    const constant = constants[result] ?? null;
    if (outcome.kind === 'ok' && fits(returned, pattern, constant)) return [];
    const seen = outcome.kind === 'ok' ? String(returned) : JSON.stringify(outcome);
    return [`${subject.kind}: ${pattern} expected (${String(constant)}), ${seen} seen`];
  });
}

function trapDifferences(subject: LoadedSubject, action: number, message: string): readonly string[] {
  const { outcome } = subject.run({ name: entryName(action, 0), args: [] }, gas);
  if (outcome.kind !== 'trap') return [`${subject.kind}: ${message} expected, ${outcome.kind} seen`];
  const wanted = reasonByMessage.find(([start]) => message.startsWith(start))?.[1] ?? message;
  return outcome.reason.startsWith(wanted)
    ? []
    : [`${subject.kind}: ${wanted} expected, ${outcome.reason} seen`];
}

/** What the suite calls otherwise than we do, by how it begins. */
const reasonByMessage: readonly (readonly [start: string, reason: TrapReason])[] = [
  ['unreachable', 'unreachable'],
  ['call stack exhausted', 'stack overflow'],
  ['uninitialized', 'uninitialized element'],
  ['undefined', 'undefined element'],
  ['indirect call', 'indirect call type mismatch'],
];
