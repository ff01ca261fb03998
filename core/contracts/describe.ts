/** What code offers to whoever sends it messages: read from its interface section, else from its exports. */
import { z } from 'zod';
import { bytesToText } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { type CarriedSet, bytesToCarriedSets, importsSection } from '../imports/carried-set';
import type { DeclaredSet } from '../imports/import-set';
import { isBundle } from '../javascript/bundle';
import { describeModule } from '../wasm/describe';
import type { FunctionType, ModuleShape, ValueType, WasmFault } from '../wasm/shape';
import { type ContractInterface, type Method, interfaceSection } from './interface';
import { describeBundle } from './javascript/describe-bundle';
import { type ReadType, type Type, createTypeReader } from './types';

export interface ContractDescription {
  readonly contract: ContractInterface;
  readonly shape: ModuleShape;
  /** What the interface section says that isn't so; the description goes without it. */
  readonly warnings: readonly string[];
}

/** A longer section is left unread: no interface says so much. */
const longestInterface = 1 << 20;

/** What is wrong is told of so many methods, or places of the JSON. */
const mostMistakes = 20;

const name = z.string().min(1).max(256);
const typeText = z.string().max(1024);
const parameter = z.object({ name, type: typeText }).readonly();

/** The interface as JSON, in the section and in a sidecar file. */
export const interfaceSchema = z
  .object({
    kernelscope: z.literal(1),
    doc: z.string().exactOptional(),
    methods: z.array(
      z
        .object({
          name,
          doc: z.string().exactOptional(),
          params: z.array(parameter).max(64),
          result: typeText.nullable(),
        })
        .readonly(),
    ),
    records: z.array(z.object({ name, fields: z.array(parameter).max(256) }).readonly()),
  })
  .readonly();

export type InterfaceFault = Fault<'bad-interface'>;

export function parseInterface(json: string): Result<ContractInterface, InterfaceFault> {
  const bad = (words: string) =>
    err(fault('bad-interface', `the interface is not as it should be: ${words}`));
  if (json.length > longestInterface) {
    return bad(`it has ${json.length} characters; the most is ${longestInterface}`);
  }
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error));
  }
  const parsed = interfaceSchema.safeParse(document);
  return parsed.success
    ? ok(parsed.data)
    : bad(z.prettifyError({ issues: parsed.error.issues.slice(0, mostMistakes) }));
}

export function describeCode(code: Uint8Array): Result<ContractDescription, WasmFault> {
  const shape = isBundle(code) ? describeBundle(code) : describeModule(code);
  if (!shape.ok) return shape;
  const section = shape.value.customSections.get(interfaceSection);
  const byExports = interfaceOfExports(shape.value);
  if (section === undefined) return ok({ contract: byExports, shape: shape.value, warnings: [] });
  const declared = parseInterface(bytesToText(section));
  if (!declared.ok)
    return ok({ contract: byExports, shape: shape.value, warnings: [declared.error.message] });
  const { methods, records } = declared.value;
  const typeByExport = new Map(shape.value.exports.map((exported) => [exported.name, exported.type]));
  const readType = createTypeReader(records);
  const lies = methods.map((method) => lieOf(method, typeByExport.get(method.name) ?? null, readType));
  return ok({
    contract: { ...declared.value, methods: methods.filter((_, index) => lies[index] === null) },
    shape: shape.value,
    warnings: firstFew(lies.filter((lie) => lie !== null)),
  });
}

/** The import sets that code carries along; none when they can't be read. */
export function carriedSetsOf({ customSections }: ModuleShape): readonly CarriedSet[] {
  const section = customSections.get(importsSection);
  const sets = section === undefined ? null : bytesToCarriedSets(section);
  return sets?.ok === true ? sets.value : [];
}

/** All that code may import: what is offered to every code, and what it carries. */
export function importsOf(code: Uint8Array, offered: readonly DeclaredSet[]): readonly DeclaredSet[] {
  const description = describeCode(code);
  return description.ok ? [...offered, ...carriedSetsOf(description.value.shape)] : offered;
}

const firstFew = (lies: readonly string[]): readonly string[] =>
  lies.length <= mostMistakes
    ? lies
    : [...lies.slice(0, mostMistakes), `${lies.length - mostMistakes} more methods are not as it says`];

/** What is wrong about a declared method, in words. */
function lieOf(method: Method, type: FunctionType | null, readType: ReadType): string | null {
  if (type === null)
    return `the interface has a method ${method.name}, and the code has no export of that name`;
  const types = method.params.map((param) => readType(param.type));
  const result = method.result === null ? ok(null) : readType(method.result);
  for (const parsed of [...types, result]) if (!parsed.ok) return `${method.name}: ${parsed.error.message}`;
  const decodesItself = type.params.length === 0 && type.results.length === 0;
  if (decodesItself) return null;
  const wasmTypes = types.map((parsed) => (parsed.ok ? wasmTypeOf(parsed.value) : null));
  const wasmResults = result.ok && result.value !== null ? [wasmTypeOf(result.value)] : [];
  const fits = isSame(type.params, wasmTypes) && isSame(type.results, wasmResults);
  return fits ? null : `${method.name}: the interface and the export have different parameters or results`;
}

/** The wasm type that carries values of a type; `null` when none does. */
function wasmTypeOf(type: Type): ValueType | null {
  if (type.kind === 'bool') return 'i32';
  if (type.kind === 'integer') return type.bits === 64 ? 'i64' : 'i32';
  if (type.kind === 'float') return type.bits === 64 ? 'f64' : 'f32';
  return null;
}

const isSame = (declared: readonly ValueType[], wanted: readonly (ValueType | null)[]): boolean =>
  declared.length === wanted.length && declared.every((type, index) => type === wanted[index]);

function interfaceOfExports({ exports }: ModuleShape): ContractInterface {
  const methods = exports.flatMap(({ name: exportName, type }): Method[] => {
    if (type === null || exportName === 'receive' || exportName.startsWith('_')) return [];
    const params = type.params.map((param, index) => ({ name: `arg${index}`, type: typeByWasmType[param] }));
    const results = type.results.map((result) => typeByWasmType[result]);
    const [result = null] = results;
    const isCallable = params.every((param) => param.type !== null) && results.length <= 1;
    if (!isCallable || (results.length === 1 && result === null)) return [];
    return [
      {
        name: exportName,
        params: params.flatMap((param) =>
          param.type === null ? [] : [{ name: param.name, type: param.type }],
        ),
        result,
      },
    ];
  });
  return { kernelscope: 1, methods, records: [] };
}

const typeByWasmType: Readonly<Record<ValueType, string | null>> = {
  i32: 's32',
  i64: 's64',
  f32: 'f32',
  f64: 'f64',
  v128: null,
  funcref: null,
  externref: null,
};
