/** Rewrites a module so that every run of it is metered, bounded, and can be looked at and made fresh again. */
import { textToBytes } from '../../base/bytes';
import { type Result, assert } from '../../base/result';
import { op } from '../instructions';
import {
  type ConstantExpression,
  type ElementSegment,
  type LimitsType,
  type WasmModule,
  sectionId,
} from '../module';
import { attempt, unsupported } from '../reader';
import type { FunctionType, ValueType, WasmFault } from '../shape';
import {
  type Writer,
  createWriter,
  valueTypeCode,
  writeByte,
  writeBytes,
  writeSized,
  writeU32,
  written,
} from '../writer';
import { writeCharge, writeFill, writeLeft, writeLocal } from './meter';
import { type MeteredIndices, meterBody } from './meter-body';
import { writeCanonicalNaN } from './nan';
import { typeAt } from './plan';

/** What code may grow to, whatever it declares. */
export interface GrowthBounds {
  readonly pages: number;
  readonly tableEntries: number;
}

/**
 * The exports by which a host runs, looks at and resets an instance. Their names begin like no export of the code
 * does; the code's own exported functions keep theirs, and nothing else of it is exported.
 */
export interface PrivateExports {
  /** `(gas: f64, stack: i32) -> ()`: fills the meter and gives mutable globals their first values. */
  readonly begin: string;
  /** `(gas: f64) -> i32`: takes gas; 1 when there was not enough. */
  readonly charge: string;
  /** `() -> f64`: the gas that is left, negative when it ran out. */
  readonly left: string;
  /** `() -> ()`, the code's start function; it must be called after `begin`. */
  readonly start: string | null;
  readonly meter: string;
  readonly altered: string;
  readonly callSite: string;
  readonly callee: string;
  readonly truncated: string;
  readonly memory: string | null;
  /** The code's mutable globals, by their index. */
  readonly globals: ReadonlyMap<number, string>;
  readonly tables: readonly string[];
}

export interface MeteredModule {
  readonly bytes: Uint8Array;
  readonly privateExports: PrivateExports;
  /** Whether a run may leave an instance that can't be made fresh again; the global `altered` tells whether it did. */
  readonly mayAlter: boolean;
  /** The place in the module as it was given; `null` in a function that metering added. */
  placeOf(functionIndex: number, offset: number): CodePlace | null;
  /** An offset of the module as it was given, with the function it is in. */
  positionAt(offset: number): CodePlace | null;
}

/** Index of a function, and byte offset in the module. */
export interface CodePlace {
  readonly function: number;
  readonly offset: number;
}

/** Of a valid module that imports functions only. A fault when it starts out larger than the bounds. */
export const meterModule = (module: WasmModule, bounds: GrowthBounds): Result<MeteredModule, WasmFault> =>
  attempt(() => rewrite(module, bounds));

function rewrite(module: WasmModule, bounds: GrowthBounds): MeteredModule {
  const layout = layOut(module);
  const names = namePrivateExports(module);
  const bodies = createWriter(2 * module.bytes.length);
  writeU32(bodies, layout.functionTypes.length);
  const bodyStarts = new Uint32Array(module.bodies.length);
  let refersToFunctions = false;
  let mayAlter = false;
  module.bodies.forEach((source, index) => {
    const { body, plan } = meterBody(module, source, layout.indices);
    writeU32(bodies, body.at);
    bodyStarts[index] = bodies.at;
    writeBytes(bodies, written(body));
    refersToFunctions ||= plan.refersToFunctions;
    mayAlter ||= plan.mayAlter;
  });
  for (const body of layout.addedBodies) writeSized(bodies, body);

  const out = createWriter(bodies.at + module.bytes.length);
  writeBytes(out, module.bytes.subarray(0, 8));
  writeSection(out, sectionId.type, (section) => writeEach(section, layout.types, writeFunctionType));
  copySection(out, module, sectionId.import);
  writeSection(out, sectionId.function, (section) => writeEach(section, layout.functionTypes, writeU32));
  writeSection(out, sectionId.table, (section) => writeTables(section, module, bounds));
  writeSection(out, sectionId.memory, (section) => writeMemories(section, module, bounds));
  writeSection(out, sectionId.global, (section) => writeGlobals(section, module, layout.indices));
  writeSection(out, sectionId.export, (section) => writeExports(section, module, layout, names));
  writeSection(out, sectionId.element, (section) => {
    const declared = refersToFunctions ? declareExported(module) : [];
    writeEach(section, [...module.elements, ...declared], (writer, segment) =>
      writeElement(writer, segment, layout.indices),
    );
  });
  copySection(out, module, sectionId.dataCount);
  const codeAt = writeSection(out, sectionId.code, (section) => writeBytes(section, written(bodies)));
  copySection(out, module, sectionId.data);

  return {
    bytes: written(out),
    privateExports: names,
    mayAlter,
    placeOf(functionIndex, offset) {
      const index = functionIndex - module.importedFunctions;
      const source = module.bodies[index];
      if (source === undefined) return null;
      const { sources } = meterBody(module, source, layout.indices);
      const place = sources.sourceOf(offset - codeAt - (bodyStarts[index] ?? 0));
      return place === null ? null : { function: functionIndex, offset: place };
    },
    positionAt(offset) {
      const index = module.bodies.findIndex(({ start, end }) => start <= offset && offset < end);
      return index < 0 ? null : { function: index + module.importedFunctions, offset };
    },
  };
}

/** How the metered module's types and functions are numbered, and the functions that metering adds. */
interface Layout {
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

function layOut(module: WasmModule): Layout {
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
      ...[helperTypeAt, helperTypeAt + 1, helperTypeAt + 2],
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

function namePrivateExports(module: WasmModule): PrivateExports {
  let prefix = 'kernelscope';
  while (module.exports.some(({ name }) => name.startsWith(prefix))) prefix += ':';
  const name = (suffix: string) => `${prefix}.${suffix}`;
  const mutable = module.globals.flatMap((entry, index) => (entry.mutable ? [index] : []));
  return {
    begin: name('begin'),
    charge: name('charge'),
    left: name('left'),
    start: module.startFunction === null ? null : name('start'),
    meter: name('meter'),
    altered: name('altered'),
    callSite: name('call-site'),
    callee: name('callee'),
    truncated: name('truncated'),
    memory: module.memories.length === 0 ? null : name('memory'),
    globals: new Map(mutable.map((index) => [index, name(`global.${index}`)])),
    tables: module.tables.map((_, index) => name(`table.${index}`)),
  };
}

/** Gives the offset of the payload. */
function writeSection(out: Writer, id: number, write: (section: Writer) => void): number {
  const section = createWriter(256);
  write(section);
  writeByte(out, id);
  writeU32(out, section.at);
  const payloadAt = out.at;
  writeBytes(out, written(section));
  return payloadAt;
}

function copySection(out: Writer, module: WasmModule, id: number): void {
  const section = module.sections.find((candidate) => candidate.id === id);
  if (section === undefined) return;
  writeByte(out, id);
  writeSized(out, module.bytes.subarray(section.start, section.end));
}

function writeEach<T>(
  writer: Writer,
  items: readonly T[],
  writeOne: (writer: Writer, item: T) => void,
): void {
  writeU32(writer, items.length);
  for (const item of items) writeOne(writer, item);
}

const writeValueType = (writer: Writer, type: ValueType): void => writeByte(writer, valueTypeCode(type));

function writeFunctionType(writer: Writer, { params, results }: FunctionType): void {
  writeByte(writer, 0x60);
  writeEach(writer, params, writeValueType);
  writeEach(writer, results, writeValueType);
}

function writeTables(writer: Writer, module: WasmModule, { tableEntries }: GrowthBounds): void {
  writeEach(writer, module.tables, (each, table) => {
    if (table.initial > tableEntries) {
      refuseSize(
        module,
        sectionId.table,
        `a table of ${table.initial} entries; the limit is ${tableEntries}`,
      );
    }
    writeValueType(each, table.element);
    writeLimits(each, table, tableEntries);
  });
}

function writeMemories(writer: Writer, module: WasmModule, { pages }: GrowthBounds): void {
  writeEach(writer, module.memories, (each, memory) => {
    if (memory.initial > pages) {
      refuseSize(module, sectionId.memory, `a memory of ${memory.initial} pages; the limit is ${pages}`);
    }
    writeLimits(each, memory, pages);
  });
}

function writeLimits(writer: Writer, { initial, maximum }: LimitsType, bound: number): void {
  writeByte(writer, 1);
  writeU32(writer, initial);
  writeU32(writer, Math.min(maximum ?? bound, bound));
}

function refuseSize(module: WasmModule, id: number, what: string): never {
  const section = module.sections.find((candidate) => candidate.id === id);
  return unsupported(section?.start ?? 0, what, 'Start out smaller, or raise the limit.');
}

function writeGlobals(writer: Writer, module: WasmModule, indices: MeteredIndices): void {
  const own = [
    { type: 'i64', opcode: op.i64Const },
    { type: 'i32', opcode: op.i32Const },
    { type: 'i32', opcode: op.i32Const },
    { type: 'i32', opcode: op.i32Const },
    { type: 'f64', opcode: op.f64Const },
  ] as const;
  writeU32(writer, module.globals.length + own.length);
  for (const { type, mutable, value } of module.globals) {
    writeValueType(writer, type);
    writeByte(writer, mutable ? 1 : 0);
    writeConstant(writer, value, indices);
  }
  for (const { type, opcode } of own) {
    writeValueType(writer, type);
    writeBytes(
      writer,
      Uint8Array.of(1, opcode, ...(type === 'f64' ? [0, 0, 0, 0, 0, 0, 0, 0] : [0]), op.end),
    );
  }
}

function writeConstant(writer: Writer, value: ConstantExpression, indices: MeteredIndices): void {
  if (value.function === null) return writeBytes(writer, value.bytes);
  writeLocal(writer, op.refFunc, indices.functionOf(value.function));
  writeByte(writer, op.end);
}

function writeExports(writer: Writer, module: WasmModule, layout: Layout, names: PrivateExports): void {
  const exported = module.exports.filter(({ kind }) => kind === 'function');
  const { helpers, indices } = layout;
  const own: (readonly [name: string | null, kind: number, index: number])[] = [
    [names.begin, exportKind.function, helpers.begin],
    [names.charge, exportKind.function, helpers.charge],
    [names.left, exportKind.function, helpers.left],
    [names.start, exportKind.function, helpers.start],
    [names.meter, exportKind.global, indices.globals.meter],
    [names.altered, exportKind.global, indices.globals.altered],
    [names.callSite, exportKind.global, indices.globals.callSite],
    [names.callee, exportKind.global, indices.globals.callee],
    [names.truncated, exportKind.global, indices.globals.truncated],
    [names.memory, exportKind.memory, 0],
    ...Array.from(names.globals, ([index, name]) => [name, exportKind.global, index] as const),
    ...names.tables.map((name, index) => [name, exportKind.table, index] as const),
  ];
  const present = own.filter(([name]) => name !== null);
  writeU32(writer, exported.length + present.length);
  exported.forEach(({ nameBytes }, place) => {
    const wrapper = layout.exportWrappers[place];
    assert(wrapper !== undefined, 'each exported function has its wrapper');
    writeSized(writer, nameBytes);
    writeByte(writer, exportKind.function);
    writeU32(writer, wrapper);
  });
  for (const [name, kind, index] of present) {
    writeSized(writer, textToBytes(name ?? ''));
    writeByte(writer, kind);
    writeU32(writer, index);
  }
}

const exportKind = { function: 0, table: 1, memory: 2, global: 3 } as const;

/** An exported function may be referred to; its wrapper is exported in its place, so it has to be declared anew. */
function declareExported(module: WasmModule): ElementSegment[] {
  const items = module.exports
    .filter(({ kind }) => kind === 'function')
    .map(({ index }): ConstantExpression => ({ bytes: new Uint8Array(), function: index }));
  return [{ mode: 'declarative', table: 0, offset: null, type: 'funcref', items }];
}

function writeElement(writer: Writer, segment: ElementSegment, indices: MeteredIndices): void {
  const { mode, table, offset, type, items } = segment;
  writeByte(writer, { active: 6, passive: 5, declarative: 7 }[mode]);
  if (mode === 'active') {
    writeU32(writer, table);
    if (offset !== null) writeConstant(writer, offset, indices);
  }
  writeValueType(writer, type);
  writeEach(writer, items, (each, item) => writeConstant(each, item, indices));
}
