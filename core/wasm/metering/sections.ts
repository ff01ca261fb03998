/** Writes the sections of a metered module that differ from those it was given. */
import { textToBytes } from '../../base/bytes';
import { assert } from '../../base/result';
import { type GrowthBounds, boundOf } from '../bounds';
import { op } from '../instructions';
import { type ConstantExpression, type ElementSegment, type LimitsType, type WasmModule } from '../module';
import type { FunctionType } from '../shape';
import {
  type Writer,
  writeByte,
  writeBytes,
  writeEach,
  writeSized,
  writeU32,
  writeValueType,
} from '../writer';
import type { Layout } from './layout';
import { writeLocal } from './meter';
import type { MeteredIndices } from './meter-body';
import type { PrivateExports } from './meter-module';

export function writeFunctionType(writer: Writer, { params, results }: FunctionType): void {
  writeByte(writer, 0x60);
  writeEach(writer, params, writeValueType);
  writeEach(writer, results, writeValueType);
}

export function writeTables(writer: Writer, module: WasmModule, { tableEntries }: GrowthBounds): void {
  writeEach(writer, module.tables, (each, table) => {
    writeValueType(each, table.element);
    writeLimits(each, table, tableEntries);
  });
}

export const writeMemories = (writer: Writer, module: WasmModule, { pages }: GrowthBounds): void =>
  writeEach(writer, module.memories, (each, memory) => writeLimits(each, memory, pages));

function writeLimits(writer: Writer, limits: LimitsType, bound: number): void {
  writeByte(writer, 1);
  writeU32(writer, limits.initial);
  writeU32(writer, boundOf(limits, bound));
}

export function writeGlobals(writer: Writer, module: WasmModule, indices: MeteredIndices): void {
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

export function writeConstant(writer: Writer, value: ConstantExpression, indices: MeteredIndices): void {
  if (value.function === null) return writeBytes(writer, value.bytes);
  writeLocal(writer, op.refFunc, indices.functionOf(value.function));
  writeByte(writer, op.end);
}

export function writeExports(
  writer: Writer,
  module: WasmModule,
  layout: Layout,
  names: PrivateExports,
): void {
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
export function declareExported(module: WasmModule): ElementSegment[] {
  const items = module.exports
    .filter(({ kind }) => kind === 'function')
    .map(({ index }): ConstantExpression => ({ bytes: new Uint8Array(), function: index }));
  return [{ mode: 'declarative', table: 0, offset: null, type: 'funcref', items }];
}

export function writeElement(writer: Writer, segment: ElementSegment, indices: MeteredIndices): void {
  const { mode, table, offset, type, items } = segment;
  writeByte(writer, { active: 6, passive: 5, declarative: 7 }[mode]);
  if (mode === 'active') {
    writeU32(writer, table);
    if (offset !== null) writeConstant(writer, offset, indices);
  }
  writeValueType(writer, type);
  writeEach(writer, items, (each, item) => writeConstant(each, item, indices));
}
