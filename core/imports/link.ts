/** Whether the sets offer what a module imports. */
import { type Fault, fault } from '../base/fault';
import { nearest } from '../base/nearest';
import { type Result, err, ok } from '../base/result';
import { shorten } from '../base/shorten';
import type { FunctionType, ModuleImport } from '../wasm/shape';
import type { DeclaredFunction, DeclaredSet } from './import-set';

export type LinkFault = Fault<'missing-import'>;

/** The wasm signature of a declaration: bytes are a pointer and a length, both i32. */
export function importsToWasmType({ params, result }: DeclaredFunction): FunctionType {
  return {
    params: params.flatMap((param) => (param.kind === 'scalar' ? [param.type] : (['i32', 'i32'] as const))),
    results: result === null ? [] : [result],
  };
}

/** A fault that names the first import which no set offers, or offers with another type, and what is offered. */
export function checkImports(
  imports: readonly ModuleImport[],
  sets: readonly DeclaredSet[],
): Result<null, LinkFault> {
  for (const wanted of imports) {
    const problem = problemOf(wanted, sets);
    if (problem !== null) {
      const { message, remedy } = problem;
      return err(fault('missing-import', message, { position: { offset: wanted.offset }, remedy }));
    }
  }
  return ok(null);
}

interface Problem {
  readonly message: string;
  readonly remedy: string;
}

function problemOf({ module, name, kind, type }: ModuleImport, sets: readonly DeclaredSet[]): Problem | null {
  const wanted = `${shorten(module, longestName)}.${shorten(name, longestName)}`;
  if (type === null) {
    const message = `${wanted} is an imported ${kind}; only functions can be imported`;
    return { message, remedy: `Define the ${kind} in the module itself.` };
  }
  const set = sets.find((candidate) => candidate.name === module);
  if (set === undefined) {
    const names = sets.map((candidate) => candidate.name);
    return {
      message: `${wanted} is imported, and there is no import set ${JSON.stringify(shorten(module, longestName))}`,
      remedy: names.length === 0 ? 'No import sets are offered.' : `These are offered: ${names.join(', ')}.`,
    };
  }
  const offered = Object.hasOwn(set.functions, name) ? set.functions[name] : undefined;
  if (offered === undefined) {
    const names = Object.keys(set.functions);
    const guess = nearest(name, names);
    return {
      message: `${wanted} is imported, and the set ${module} has no such function`,
      remedy:
        guess === null ? `It has ${names.join(', ')}.` : `Did you mean ${guess}? It has ${names.join(', ')}.`,
    };
  }
  const offeredText = typeToText(importsToWasmType(offered));
  const wantedText = typeToText(type);
  if (offeredText === wantedText) return null;
  return {
    message: `${wanted} is imported as ${wantedText}, and it is ${offeredText}`,
    remedy: `Declare the import as ${offeredText}.`,
  };
}

/** Of a name in words: a module's own may be of any length. */
const longestName = 64;

const typeToText = ({ params, results }: FunctionType): string =>
  `(${params.join(', ')}) -> (${results.join(', ')})`;
