/**
 * Import sets that code carries along: those of the workspace that it was built in. They are scripts, which reach nothing but
 * their arguments. A dag-cbor list of
 *
 *   version, { name, doc, functions, files } …
 *
 *   functions = [{ name, doc, params, result, gas } …], as they are declared
 *   files = [[path, text] …], the first of which is the set's own
 *
 * In wasm it is the custom section `kernelscope:imports`.
 */
import { z } from 'zod';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { type Value, decodeValue, encodeValue } from '../base/value';
import type { DeclaredFunction, DeclaredSet } from './import-set';

export const importsSection = 'kernelscope:imports';

export interface CarriedSet extends DeclaredSet {
  readonly files: readonly ScriptFile[];
}

export interface ScriptFile {
  readonly path: string;
  readonly text: string;
}

/** Sets and functions are called by names that every language has. */
export const importName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/);

/** What a call may be declared to cost, and to cost a byte. */
export const declaredGas = z
  .int()
  .min(0)
  .max(2 ** 32);

export const scalarType = z.enum(['i32', 'i64', 'f32', 'f64']);
export const bytesForm = z.enum(['bytes', 'text', 'value']);

/** Of a set, and of a function's parameters: twice as many of wasm's fit into what a script asks its host by. */
export const mostFunctions = 256;
export const mostParams = 15;

const param = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scalar'), name: importName, type: scalarType }),
  z.object({ kind: z.literal('in'), name: importName, form: bytesForm }),
  z.object({ kind: z.literal('out'), name: importName, form: bytesForm }),
]);

const carriedFunction = z
  .object({
    name: importName,
    doc: z.string(),
    params: z.array(param).max(mostParams),
    result: scalarType.nullable(),
    gas: z.object({ base: declaredGas, perByte: declaredGas }),
  })
  .refine(({ params, result }) => {
    const out = params.findIndex(({ kind }) => kind === 'out');
    return out < 0 || (out === params.length - 1 && result === 'i32');
  }, 'bytes are given back by the last parameter, with an i32');

const carriedSets = z.tuple(
  [z.literal(1)],
  z.object({
    name: importName,
    doc: z.string(),
    functions: z.array(carriedFunction).max(mostFunctions),
    files: z.array(z.tuple([z.string(), z.string()])).min(1),
  }),
);

export const carriedSetsToBytes = (sets: readonly CarriedSet[]): Uint8Array =>
  encodeValue([
    1,
    ...sets.map(({ name, doc, functions, files }): Value => ({
      name,
      doc,
      functions: Object.entries(functions).map(([functionName, declared]) =>
        functionToValue(functionName, declared),
      ),
      files: files.map(({ path, text }) => [path, text]),
    })),
  ]);

export function bytesToCarriedSets(
  bytes: Uint8Array,
): Result<readonly CarriedSet[], Fault<'malformed-code'>> {
  const decoded = decodeValue(bytes);
  if (!decoded.ok) return err(malformed(decoded.error.message));
  const parsed = carriedSets.safeParse(decoded.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return err(malformed(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`));
  }
  const [, ...sets] = parsed.data;
  return ok(
    sets.map(({ name, doc, functions, files }) => ({
      name,
      doc,
      functions: Object.fromEntries(
        functions.map(({ name: functionName, ...declared }) => [functionName, declared]),
      ),
      files: files.map(([path, text]) => ({ path, text })),
    })),
  );
}

const malformed = (words: string): Fault<'malformed-code'> =>
  fault('malformed-code', `the import sets that the code carries are not as they should be: ${words}`);

const functionToValue = (name: string, { doc, params, result, gas }: DeclaredFunction): Value => ({
  name,
  doc,
  params: params.map((each) => ({ ...each })),
  result,
  gas: { ...gas },
});
