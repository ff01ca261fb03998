/** Reads a module's sections into data. Bodies stay bytes; each instruction of them was seen to be allowed. */
import { bytesToText } from '../base/bytes';
import type { Result } from '../base/result';
import { largestModule, type mostOf } from './counts';
import { createInstruction, readInstruction } from './decode-instruction';
import { op } from './instructions';
import { proposals } from './proposals';
import {
  type Reader,
  attempt,
  bounded,
  malformed,
  ofProposal,
  readByte,
  readBytes,
  readCount,
  readName,
  readU32,
  readValueType,
  unsupported,
} from './reader';
import type { FunctionType, ModuleImport, ValueType, WasmFault } from './shape';

export interface LimitsType {
  readonly initial: number;
  readonly maximum: number | null;
}

export interface TableType extends LimitsType {
  readonly element: ValueType;
}

export interface GlobalType {
  readonly type: ValueType;
  readonly mutable: boolean;
}

/** A constant expression: its bytes with the final `end`, and the function it refers to. */
export interface ConstantExpression {
  readonly bytes: Uint8Array;
  readonly function: number | null;
}

export interface GlobalEntry extends GlobalType {
  readonly value: ConstantExpression;
}

export type ExternalKind = ModuleImport['kind'];

export interface ExportEntry {
  readonly name: string;
  /** The name as it stands in the bytes, for those that text can't hold. */
  readonly nameBytes: Uint8Array;
  readonly kind: ExternalKind;
  readonly index: number;
}

export interface ElementSegment {
  readonly mode: 'active' | 'passive' | 'declarative';
  readonly table: number;
  readonly offset: ConstantExpression | null;
  readonly type: ValueType;
  readonly items: readonly ConstantExpression[];
}

export interface DataSegment {
  /** Where it is put into the memory at the start; `null` for one that waits for `memory.init`. */
  readonly offset: ConstantExpression | null;
  readonly bytes: Uint8Array;
}

export interface FunctionBody {
  readonly type: number;
  /** Offset of the declarations of locals. */
  readonly start: number;
  /** Offset of the first instruction. */
  readonly code: number;
  readonly end: number;
  readonly locals: readonly (readonly [count: number, type: ValueType])[];
  readonly localCount: number;
}

export interface Section {
  readonly id: number;
  /** Offset of the payload. */
  readonly start: number;
  readonly end: number;
}

export interface CustomSection extends Section {
  readonly name: string;
  readonly payload: Uint8Array;
}

export interface WasmModule {
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  readonly types: readonly FunctionType[];
  readonly imports: readonly ModuleImport[];
  /** The type of each function, imported ones first. */
  readonly functionTypes: readonly number[];
  readonly importedFunctions: number;
  readonly tables: readonly TableType[];
  readonly memories: readonly LimitsType[];
  readonly globals: readonly GlobalEntry[];
  readonly exports: readonly ExportEntry[];
  readonly startFunction: number | null;
  readonly elements: readonly ElementSegment[];
  readonly bodies: readonly FunctionBody[];
  readonly data: readonly DataSegment[];
  readonly customSections: readonly CustomSection[];
}

export const sectionId = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

const magic = [0x00, 0x61, 0x73, 0x6d];

/** Whether it means to be a module. */
export const isWasm = (bytes: Uint8Array): boolean => magic.every((byte, at) => bytes[at] === byte);

/** Structure and features only: that it is valid is for the engine to say. */
export const decodeModule = (bytes: Uint8Array): Result<WasmModule, WasmFault> =>
  attempt(() => readModule(bytes));

type Draft = {
  -readonly [Key in keyof WasmModule]: WasmModule[Key] extends readonly (infer Item)[]
    ? Item[]
    : WasmModule[Key];
} & {
  /** What is counted over all segments, and over all functions. */
  readonly counted: { elements: number; localGroups: number };
};

function readModule(bytes: Uint8Array): WasmModule {
  if (bytes.length > largestModule) {
    const megabytes = largestModule >> 20;
    unsupported(largestModule, `a module of ${bytes.length} bytes`, `Keep it below ${megabytes} MiB.`);
  }
  const reader: Reader = { bytes, at: 0, end: bytes.length };
  readHeader(reader);
  const draft: Draft = {
    bytes,
    sections: [],
    types: [],
    imports: [],
    functionTypes: [],
    importedFunctions: 0,
    tables: [],
    memories: [],
    globals: [],
    exports: [],
    startFunction: null,
    elements: [],
    bodies: [],
    data: [],
    customSections: [],
    counted: { elements: 0, localGroups: 0 },
  };
  while (reader.at < bytes.length) readSection(reader, draft);
  const { counted: _counted, ...module } = draft;
  const declared = module.functionTypes.length - module.importedFunctions;
  if (declared !== module.bodies.length) {
    malformed(bytes.length, `${declared} functions are declared, and ${module.bodies.length} have a body`);
  }
  return module;
}

function readHeader(reader: Reader): void {
  const isComponent = [...magic, 0x0d, 0x00, 0x01, 0x00].every(
    (byte, offset) => reader.bytes[offset] === byte,
  );
  if (isComponent) unsupported(4, 'a component, which holds modules', 'Compile to a core module.');
  const header = [...magic, 0x01, 0x00, 0x00, 0x00];
  header.forEach((expected, offset) => {
    if (reader.bytes[offset] === expected) return;
    malformed(
      offset,
      offset < 4 ? 'this is no wasm module: it does not begin with "\\0asm"' : 'not version 1 of wasm',
    );
  });
  reader.at = header.length;
}

function readSection(outer: Reader, module: Draft): void {
  const idAt = outer.at;
  const id = readByte(outer);
  const size = readU32(outer);
  const start = outer.at;
  readBytes(outer, size);
  const end = outer.at;
  if (id === sectionId.tag) ofProposal(idAt, 'a section of exception tags', proposals.exceptions);
  if (id > sectionId.dataCount) malformed(idAt, `${id} is no kind of section`);
  if (id !== sectionId.custom && module.sections.some((section) => section.id === id)) {
    malformed(idAt, `a second section of kind ${id}`);
  }
  module.sections.push({ id, start, end });
  const reader: Reader = { bytes: outer.bytes, at: start, end };
  readPayload(reader, id, module);
  if (reader.at !== end)
    malformed(reader.at, `${end - reader.at} bytes are left over in a section of kind ${id}`);
}

function readPayload(reader: Reader, id: number, module: Draft): void {
  switch (id) {
    case sectionId.custom: {
      const { at: start, end } = reader;
      bounded(start, 'custom sections', module.customSections.length + 1);
      const name = readName(reader);
      const payload = readBytes(reader, end - reader.at);
      module.customSections.push({ id, start, end, name, payload });
      return;
    }
    case sectionId.type:
      return readEach(reader, 'types', () => module.types.push(readFunctionType(reader)));
    case sectionId.import:
      return readEach(reader, 'imports', () => readImport(reader, module));
    case sectionId.function:
      return readEach(reader, 'functions', () => module.functionTypes.push(readU32(reader)));
    case sectionId.table:
      return readEach(reader, 'tables', () => module.tables.push(readTableType(reader)));
    case sectionId.memory:
      for (let count = readCount(reader); count > 0; count--) readMemory(reader, module);
      return;
    case sectionId.global:
      return readEach(reader, 'globals', () =>
        module.globals.push({ ...readGlobalType(reader), value: readConstant(reader, module) }),
      );
    case sectionId.export:
      return readEach(reader, 'exports', () => module.exports.push(readExport(reader)));
    case sectionId.start:
      module.startFunction = readU32(reader);
      return;
    case sectionId.element:
      return readEach(reader, 'element segments', () => module.elements.push(readElement(reader, module)));
    case sectionId.code:
      return readEach(reader, 'functions', () => module.bodies.push(readBody(reader, module)));
    case sectionId.data:
      return readEach(reader, 'data segments', () => module.data.push(readData(reader, module)));
    case sectionId.dataCount:
      readU32(reader);
      return;
  }
}

function readEach(reader: Reader, what: keyof typeof mostOf, readOne: () => unknown): void {
  const at = reader.at;
  const count = readCount(reader);
  bounded(at, what, count);
  for (let left = count; left > 0; left--) readOne();
}

function readFunctionType(reader: Reader): FunctionType {
  const at = reader.at;
  const form = readByte(reader);
  if (form !== 0x60) {
    if (form >= 0x4d && form <= 0x5f)
      ofProposal(at, 'a type of collected objects', proposals.garbageCollection);
    malformed(at, `0x${form.toString(16)} is no kind of type`);
  }
  return { params: readValueTypes(reader), results: readValueTypes(reader) };
}

function readValueTypes(reader: Reader): ValueType[] {
  const at = reader.at;
  const count = readCount(reader);
  bounded(at, 'parameters or results', count);
  return Array.from({ length: count }, () => readValueType(reader));
}

const externalKinds: readonly ExternalKind[] = ['function', 'table', 'memory', 'global'];

function readKind(reader: Reader): ExternalKind {
  const at = reader.at;
  const code = readByte(reader);
  const kind = externalKinds[code];
  if (kind !== undefined) return kind;
  if (code === 4) return ofProposal(at, 'an exception tag', proposals.exceptions);
  return malformed(at, `${code} is no kind of import or export`);
}

function readImport(reader: Reader, module: Draft): void {
  const offset = reader.at;
  const from = { module: readName(reader), name: readName(reader), kind: readKind(reader), offset };
  if (from.kind !== 'function') {
    if (from.kind === 'table') readTableType(reader);
    if (from.kind === 'memory') readLimits(reader);
    if (from.kind === 'global') readGlobalType(reader);
    module.imports.push({ ...from, type: null });
    return;
  }
  const at = reader.at;
  const typeIndex = readU32(reader);
  const type = module.types[typeIndex];
  if (type === undefined) malformed(at, `there is no type ${typeIndex}`);
  module.imports.push({ ...from, type });
  module.functionTypes.push(typeIndex);
  module.importedFunctions++;
}

function readLimits(reader: Reader): LimitsType {
  const at = reader.at;
  const flags = readByte(reader);
  if (flags >= 4 && flags <= 7) ofProposal(at, 'an index type of 64 bits', proposals.memory64);
  if (flags === 2 || flags === 3) ofProposal(at, 'a shared memory', proposals.threads);
  if (flags >= 8 && flags <= 15) ofProposal(at, 'a page size', proposals.customPageSizes);
  if (flags > 15) malformed(at, `0x${flags.toString(16)} is no kind of limits`);
  return { initial: readU32(reader), maximum: flags === 1 ? readU32(reader) : null };
}

function readTableType(reader: Reader): TableType {
  const at = reader.at;
  const element = readValueType(reader);
  if (element !== 'funcref' && element !== 'externref') malformed(at, `a table of ${element}`);
  return { element, ...readLimits(reader) };
}

function readMemory(reader: Reader, module: Draft): void {
  if (module.memories.length === 1) ofProposal(reader.at, 'a second memory', proposals.multiMemory);
  module.memories.push(readLimits(reader));
}

function readGlobalType(reader: Reader): GlobalType {
  const type = readValueType(reader);
  const at = reader.at;
  const mutability = readByte(reader);
  if (mutability > 1) malformed(at, `${mutability} is no kind of mutability`);
  return { type, mutable: mutability === 1 };
}

function readConstant(reader: Reader, module: Draft): ConstantExpression {
  const start = reader.at;
  const instruction = createInstruction();
  readInstruction(reader, instruction);
  const { info, first } = instruction;
  if (!constantOpcodes.has(info.code)) malformed(start, `${info.name} in a constant`);
  // Importing a global is refused, with its name, later; only an imported one is a constant to all engines.
  const imported = module.imports.filter(({ kind }) => kind === 'global').length;
  if (info.code === op.globalGet && first >= imported) {
    ofProposal(start, 'a global of its own in a constant', proposals.garbageCollection);
  }
  const referred = info.code === op.refFunc ? first : null;
  readInstruction(reader, instruction);
  if (instruction.info.code !== op.end) {
    ofProposal(instruction.at, `${instruction.info.name} in a constant`, proposals.extendedConstants);
  }
  return { bytes: reader.bytes.subarray(start, reader.at), function: referred };
}

const constantOpcodes: ReadonlySet<number> = new Set<number>([
  op.i32Const,
  op.i64Const,
  op.f32Const,
  op.f64Const,
  op.globalGet,
  op.refNull,
  op.refFunc,
]);

function readExport(reader: Reader): ExportEntry {
  const nameBytes = readBytes(reader, readU32(reader));
  return { name: bytesToText(nameBytes), nameBytes, kind: readKind(reader), index: readU32(reader) };
}

function readElement(reader: Reader, module: Draft): ElementSegment {
  const at = reader.at;
  const flags = readU32(reader);
  if (flags > 7) malformed(at, `${flags} is no kind of element segment`);
  const isActive = (flags & 1) === 0;
  const isExplicit = (flags & 2) !== 0;
  const hasExpressions = (flags & 4) !== 0;
  const table = isActive && isExplicit ? readU32(reader) : 0;
  const offset = isActive ? readConstant(reader, module) : null;
  const type = !isActive || isExplicit ? readElementType(reader, hasExpressions) : 'funcref';
  const countAt = reader.at;
  const count = readCount(reader);
  module.counted.elements += count;
  bounded(countAt, 'elements in segments', module.counted.elements);
  const items = Array.from({ length: count }, () =>
    hasExpressions ? readConstant(reader, module) : functionToConstant(reader),
  );
  return { mode: isActive ? 'active' : isExplicit ? 'declarative' : 'passive', table, offset, type, items };
}

function readElementType(reader: Reader, hasExpressions: boolean): ValueType {
  if (hasExpressions) return readValueType(reader);
  const at = reader.at;
  if (readByte(reader) !== 0) malformed(at, 'an element segment of an unknown kind');
  return 'funcref';
}

function functionToConstant(reader: Reader): ConstantExpression {
  const start = reader.at;
  const index = readU32(reader);
  const encoded = reader.bytes.subarray(start, reader.at);
  return { bytes: Uint8Array.of(op.refFunc, ...encoded, op.end), function: index };
}

function readBody(outer: Reader, module: Draft): FunctionBody {
  const at = outer.at;
  const size = readU32(outer);
  const start = outer.at;
  readBytes(outer, size);
  const reader: Reader = { bytes: outer.bytes, at: start, end: outer.at };
  const type = module.functionTypes[module.importedFunctions + module.bodies.length];
  if (type === undefined) malformed(at, 'a body without a function');
  const locals: [number, ValueType][] = [];
  let localCount = 0;
  readEach(reader, 'declarations of locals', () => {
    const countAt = reader.at;
    const count = readU32(reader);
    localCount += count;
    module.counted.localGroups++;
    bounded(countAt, 'locals', localCount);
    bounded(countAt, 'declarations of locals', module.counted.localGroups);
    locals.push([count, readValueType(reader)]);
  });
  const code = reader.at;
  const instruction = createInstruction();
  while (reader.at < reader.end) readInstruction(reader, instruction);
  return { type, start, code, end: reader.end, locals, localCount };
}

function readData(reader: Reader, module: Draft): DataSegment {
  const at = reader.at;
  const flags = readU32(reader);
  if (flags > 2) malformed(at, `${flags} is no kind of data segment`);
  if (flags === 2 && readU32(reader) !== 0) ofProposal(at, 'data for a second memory', proposals.multiMemory);
  const offset = flags === 1 ? null : readConstant(reader, module);
  return { offset, bytes: readBytes(reader, readU32(reader)) };
}
