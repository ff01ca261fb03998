/** Reads a module's sections into data. Bodies stay bytes; each instruction of them was seen to be allowed. */
import { bytesToText } from '../base/bytes';
import type { Result } from '../base/result';
import { createInstruction, readInstruction } from './decode-instruction';
import { op } from './instructions';
import {
  type Reader,
  attempt,
  malformed,
  readByte,
  readBytes,
  readCount,
  readName,
  readU32,
  readValueType,
  unsupported,
  withoutExceptions,
  withoutGarbageCollection,
  withoutThreads,
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

/** The largest module that is looked at, in bytes. */
export const largestModule = 1 << 25;

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

/** Structure and features only: that it is valid is for the engine to say. */
export const decodeModule = (bytes: Uint8Array): Result<WasmModule, WasmFault> =>
  attempt(() => readModule(bytes));

type Draft = {
  -readonly [Key in keyof WasmModule]: WasmModule[Key] extends readonly (infer Item)[]
    ? Item[]
    : WasmModule[Key];
};

function readModule(bytes: Uint8Array): WasmModule {
  if (bytes.length > largestModule) {
    const megabytes = largestModule >> 20;
    unsupported(largestModule, `a module of ${bytes.length} bytes`, `Keep it below ${megabytes} MiB.`);
  }
  const reader: Reader = { bytes, at: 0, end: bytes.length };
  readHeader(reader);
  const module: Draft = {
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
  };
  while (reader.at < bytes.length) readSection(reader, module);
  const declared = module.functionTypes.length - module.importedFunctions;
  if (declared !== module.bodies.length) {
    malformed(bytes.length, `${declared} functions are declared, and ${module.bodies.length} have a body`);
  }
  return module;
}

function readHeader(reader: Reader): void {
  const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
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
  if (id === sectionId.tag) unsupported(idAt, 'a section of exception tags', withoutExceptions);
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
      const name = readName(reader);
      const payload = readBytes(reader, end - reader.at);
      module.customSections.push({ id, start, end, name, payload });
      return;
    }
    case sectionId.type:
      return readEach(reader, () => module.types.push(readFunctionType(reader)));
    case sectionId.import:
      return readEach(reader, () => readImport(reader, module));
    case sectionId.function:
      return readEach(reader, () => module.functionTypes.push(readU32(reader)));
    case sectionId.table:
      return readEach(reader, () => module.tables.push(readTableType(reader)));
    case sectionId.memory:
      return readEach(reader, () => readMemory(reader, module));
    case sectionId.global:
      return readEach(reader, () =>
        module.globals.push({ ...readGlobalType(reader), value: readConstant(reader) }),
      );
    case sectionId.export:
      return readEach(reader, () => module.exports.push(readExport(reader)));
    case sectionId.start:
      module.startFunction = readU32(reader);
      return;
    case sectionId.element:
      return readEach(reader, () => module.elements.push(readElement(reader)));
    case sectionId.code:
      return readEach(reader, () => module.bodies.push(readBody(reader, module)));
    case sectionId.data:
      return readEach(reader, () => module.data.push(readData(reader)));
    case sectionId.dataCount:
      readU32(reader);
      return;
  }
}

function readEach(reader: Reader, readOne: () => unknown): void {
  for (let count = readCount(reader); count > 0; count--) readOne();
}

function readFunctionType(reader: Reader): FunctionType {
  const at = reader.at;
  const form = readByte(reader);
  if (form !== 0x60) {
    if (form >= 0x4d && form <= 0x5f)
      unsupported(at, 'a type of collected objects', withoutGarbageCollection);
    malformed(at, `0x${form.toString(16)} is no kind of type`);
  }
  return { params: readValueTypes(reader), results: readValueTypes(reader) };
}

const readValueTypes = (reader: Reader): ValueType[] =>
  Array.from({ length: readCount(reader) }, () => readValueType(reader));

const externalKinds: readonly ExternalKind[] = ['function', 'table', 'memory', 'global'];

function readKind(reader: Reader): ExternalKind {
  const at = reader.at;
  const code = readByte(reader);
  const kind = externalKinds[code];
  if (kind !== undefined) return kind;
  if (code === 4) return unsupported(at, 'an exception tag', withoutExceptions);
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
  if (flags >= 4 && flags <= 7) unsupported(at, 'an index type of 64 bits', 'Compile for 32-bit memory.');
  if (flags === 2 || flags === 3) unsupported(at, 'a shared memory', withoutThreads);
  if (flags > 7) malformed(at, `0x${flags.toString(16)} is no kind of limits`);
  return { initial: readU32(reader), maximum: flags === 1 ? readU32(reader) : null };
}

function readTableType(reader: Reader): TableType {
  const at = reader.at;
  const element = readValueType(reader);
  if (element !== 'funcref' && element !== 'externref') malformed(at, `a table of ${element}`);
  return { element, ...readLimits(reader) };
}

function readMemory(reader: Reader, module: Draft): void {
  if (module.memories.length === 1) unsupported(reader.at, 'a second memory', 'Use one memory.');
  module.memories.push(readLimits(reader));
}

function readGlobalType(reader: Reader): GlobalType {
  const type = readValueType(reader);
  const at = reader.at;
  const mutability = readByte(reader);
  if (mutability > 1) malformed(at, `${mutability} is no kind of mutability`);
  return { type, mutable: mutability === 1 };
}

function readConstant(reader: Reader): ConstantExpression {
  const start = reader.at;
  const instruction = createInstruction();
  let referred: number | null = null;
  do {
    readInstruction(reader, instruction);
    if (instruction.info.immediate === 'block') malformed(instruction.at, 'a block in a constant');
    if (instruction.info.code === op.refFunc) referred = instruction.first;
  } while (instruction.info.code !== op.end);
  return { bytes: reader.bytes.subarray(start, reader.at), function: referred };
}

function readExport(reader: Reader): ExportEntry {
  const nameBytes = readBytes(reader, readU32(reader));
  return { name: bytesToText(nameBytes), nameBytes, kind: readKind(reader), index: readU32(reader) };
}

function readElement(reader: Reader): ElementSegment {
  const at = reader.at;
  const flags = readU32(reader);
  if (flags > 7) malformed(at, `${flags} is no kind of element segment`);
  const isActive = (flags & 1) === 0;
  const isExplicit = (flags & 2) !== 0;
  const hasExpressions = (flags & 4) !== 0;
  const table = isActive && isExplicit ? readU32(reader) : 0;
  const offset = isActive ? readConstant(reader) : null;
  const type = !isActive || isExplicit ? readElementType(reader, hasExpressions) : 'funcref';
  const items = Array.from({ length: readCount(reader) }, () =>
    hasExpressions ? readConstant(reader) : functionToConstant(reader),
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

/** The engine's own bound; beyond it, nothing needs to be counted. */
const mostLocals = 50_000;

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
  readEach(reader, () => {
    const countAt = reader.at;
    const count = readU32(reader);
    localCount += count;
    if (localCount > mostLocals) malformed(countAt, `more than ${mostLocals} locals`);
    locals.push([count, readValueType(reader)]);
  });
  const code = reader.at;
  const instruction = createInstruction();
  while (reader.at < reader.end) readInstruction(reader, instruction);
  return { type, start, code, end: reader.end, locals, localCount };
}

function readData(reader: Reader): DataSegment {
  const at = reader.at;
  const flags = readU32(reader);
  if (flags > 2) malformed(at, `${flags} is no kind of data segment`);
  if (flags === 2 && readU32(reader) !== 0) unsupported(at, 'data for a second memory', 'Use one memory.');
  const offset = flags === 1 ? null : readConstant(reader);
  return { offset, bytes: readBytes(reader, readU32(reader)) };
}
