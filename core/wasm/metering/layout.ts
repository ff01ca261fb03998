/** How the metered module's types and functions are numbered, and the functions that metering adds. */
import { op } from '../instructions';
import type { WasmModule } from '../module';
import type { FunctionType, ValueType } from '../shape';
import {
  type Writer,
  createWriter,
  valueTypeCode,
  writeByte,
  writeBytes,
  writeEach,
  written,
} from '../writer';
import { writeCharge, writeFill, writeLeft, writeLocal } from './meter';
import type { MeteredIndices } from './meter-body';
import { writeCanonicalNaN } from './nan';
import { typeAt } from './plan';
import { writeConstant } from './sections';

export interface Layout {
  readonly indices: MeteredIndices;
  readonly types: readonly FunctionType[];
  /** Types of all functions that are not imported. */
  readonly functionTypes: readonly number[];
  readonly addedBodies: readonly Uint8Array[];
  readonly exportWrappers: readonly number[];
  readonly helpers: {
    readonly begin: number;
    readonly charge: number;
    readonly left: number;
    readonly start: number;
  };
}

export function layOut(module: WasmModule): Layout {
  const { types, functionTypes, importedFunctions } = module;
  const multiple = types.flatMap(({ results }, index) => (results.length > 1 ? [index] : []));
  const blockAt = new Map(multiple.map((index, place) => [index, 2 * types.length + place]));
  const helperTypeAt = 2 * types.length + multiple.length;
  const firstGlobal = module.globals.length;
  const importWrapperAt = functionTypes.length;
  const indices: MeteredIndices = {
    functionOf: (index) => (index < importedFunctions ? importWrapperAt + index : index),
    meteredTypeOf: (type) => types.length + type,
    resultBlockOf: (type) => blockAt.get(type) ?? singleResultBlock(typeAt(module, type)),
    globals: {
      meter: firstGlobal,
      altered: firstGlobal + 1,
      callSite: firstGlobal + 2,
      callee: firstGlobal + 3,
      truncated: firstGlobal + 4,
    },
  };
  const definedTypes = functionTypes.slice(importedFunctions);
  const importedTypes = functionTypes.slice(0, importedFunctions);
  const exported = module.exports.filter(({ kind }) => kind === 'function');
  const exportWrapperAt = importWrapperAt + importedFunctions;
  const helperAt = exportWrapperAt + exported.length;
  const start = module.startFunction;
  const { meter } = indices.globals;

  const wrap = (index: number) =>
    exportWrapper(typeAt(module, functionTypes[index]), indices.functionOf(index), meter);
  return {
    indices,
    types: [
      ...types,
      ...types.map(({ params, results }): FunctionType => ({
        params: [...params, 'i64'],
        results: [...results, 'i64'],
      })),
      ...multiple.map((index): FunctionType => ({ params: [], results: typeAt(module, index).results })),
      { params: ['f64', 'i32'], results: [] },
      { params: ['f64'], results: ['i32'] },
      { params: [], results: ['f64'] },
    ],
    functionTypes: [
      ...definedTypes.map(indices.meteredTypeOf),
      ...importedTypes.map(indices.meteredTypeOf),
      ...exported.map(({ index }) => functionTypes[index] ?? 0),
      helperTypeAt,
      helperTypeAt + 1,
      helperTypeAt + 2,
      ...(start === null ? [] : [functionTypes[start] ?? 0]),
    ],
    addedBodies: [
      ...importedTypes.map((type, index) => importWrapper(typeAt(module, type), index, meter)),
      ...exported.map(({ index }) => wrap(index)),
      body([], (writer) => {
        writeFill(writer, meter);
        writeFirstValues(writer, module, indices);
      }),
      body([], (writer) => writeCharge(writer, meter)),
      body([], (writer) => writeLeft(writer, meter)),
      ...(start === null ? [] : [wrap(start)]),
    ],
    exportWrappers: exported.map((_, place) => exportWrapperAt + place),
    helpers: { begin: helperAt, charge: helperAt + 1, left: helperAt + 2, start: helperAt + 3 },
  };
}

const singleResultBlock = ({ results: [result] }: FunctionType): number =>
  (result === undefined ? 0x40 : valueTypeCode(result)) - 0x80;

function body(locals: readonly ValueType[], write: (writer: Writer) => void): Uint8Array {
  const writer = createWriter(64);
  writeEach(writer, locals, (each, type) => writeBytes(each, Uint8Array.of(1, valueTypeCode(type))));
  write(writer);
  writeByte(writer, op.end);
  return written(writer);
}

/** As metered code calls an import: the meter is shown to it, and taken as it leaves it. */
function importWrapper({ params, results }: FunctionType, index: number, meter: number): Uint8Array {
  const [result] = results;
  const isFloat = result === 'f32' || result === 'f64';
  return body(isFloat ? [result] : [], (writer) => {
    writeLocal(writer, op.localGet, params.length);
    writeLocal(writer, op.globalSet, meter);
    params.forEach((_, param) => writeLocal(writer, op.localGet, param));
    writeLocal(writer, op.call, index);
    if (isFloat) writeCanonicalNaN(writer, result, params.length + 1);
    writeLocal(writer, op.globalGet, meter);
  });
}

/** As a host calls metered code. */
function exportWrapper({ params }: FunctionType, metered: number, meter: number): Uint8Array {
  return body([], (writer) => {
    params.forEach((type, param) => {
      writeLocal(writer, op.localGet, param);
      if (type === 'f32' || type === 'f64') writeCanonicalNaN(writer, type, param);
    });
    writeLocal(writer, op.globalGet, meter);
    writeLocal(writer, op.call, metered);
    writeLocal(writer, op.globalSet, meter);
  });
}

function writeFirstValues(writer: Writer, module: WasmModule, indices: MeteredIndices): void {
  module.globals.forEach(({ mutable, value }, index) => {
    if (!mutable) return;
    writeConstant(writer, value, indices);
    writer.at -= 1;
    writeLocal(writer, op.globalSet, index);
  });
}
