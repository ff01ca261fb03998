/** Rewrites one function's body so that it is metered, bounded and the same on every machine. */
import { createInstruction, readInstruction } from '../decode-instruction';
import { type InstructionInfo, op } from '../instructions';
import type { FunctionBody, WasmModule } from '../module';
import type { Reader } from '../reader';
import type { ValueType } from '../shape';
import {
  type Writer,
  createWriter,
  valueTypeCode,
  writeByte,
  writeBytes,
  writeSigned,
  writeU32,
} from '../writer';
import { type Proportion, proportionOf } from './costs';
import {
  type MeterPlaces,
  meterOf,
  writeCheck,
  writeGiveBack,
  writeLocal,
  writePublish,
  writeTake,
  writeTakeScaled,
} from './meter';
import { writeCanonicalNaN } from './nan';
import { type FunctionPlan, alteringOpcodes, isTruncation, planFunction, skipDeadCode, typeAt } from './plan';
import { createSourceMap, type SourceMap } from './source-map';

/** How the indices of a module turn into those of the metered one. */
export interface MeteredIndices {
  readonly functionOf: (index: number) => number;
  /** The type of a metered function of a type: the meter comes as its last parameter and last result. */
  readonly meteredTypeOf: (type: number) => number;
  /** A block type for what functions of a type give. */
  readonly resultBlockOf: (type: number) => number;
  readonly globals: {
    readonly meter: number;
    /** Set to 1 when an instance can't be made fresh again. */
    readonly altered: number;
    /** Offset of the call that an import or an indirect callee is in. */
    readonly callSite: number;
    /** The table index of the last indirect call. */
    readonly callee: number;
    /** The f64 that was last turned into an integer where that may trap; an f32 is widened to it. */
    readonly truncated: number;
  };
}

/** A body without its size, and where its bytes come from. */
export interface MeteredBody {
  readonly body: Writer;
  readonly plan: FunctionPlan;
  readonly sources: SourceMap;
}

export function meterBody(module: WasmModule, body: FunctionBody, indices: MeteredIndices): MeteredBody {
  const plan = planFunction(module, body);
  const params = typeAt(module, body.type).params.length;
  const { globals } = indices;
  const meter: MeterPlaces = { local: params, global: globals.meter };
  const writer = createWriter(2 * (body.end - body.start) + 64);
  const temporaries = declareLocals(writer, body, plan, params + 1 + body.localCount);
  const sources = createSourceMap();
  const reader: Reader = { bytes: module.bytes, at: body.code, end: body.end };
  const instruction = createInstruction();

  let depth = 0;
  let nextSegment = 0;
  /** Whether the meter's local may differ from its global. */
  let isStale = true;
  /** Everything before this offset is written, or replaced. */
  let copied = body.code;

  function copyUpTo(offset: number): void {
    if (offset > copied) {
      sources.copied(writer.at, copied);
      writeBytes(writer, module.bytes.subarray(copied, offset));
      copied = offset;
    }
    sources.made(writer.at, offset);
  }

  function publish(): void {
    if (!isStale) return;
    copyUpTo(instruction.at);
    writePublish(writer, meter);
    isStale = false;
  }

  /** From here on, what is written takes the place of the instruction. */
  function replace(): void {
    copyUpTo(instruction.at);
    copied = reader.at;
  }

  function enterSegment(): void {
    const segment = plan.segments[nextSegment];
    if (segment?.offset !== reader.at) return;
    const isStart = nextSegment === 0;
    nextSegment++;
    isStale = true;
    const amount = meterOf(segment.gas, isStart ? plan.slots : 0);
    if (amount === 0 && !segment.check) return;
    copyUpTo(reader.at);
    writeTake(writer, meter, amount, segment.check);
    if (segment.check) writeCheck(writer, meter, isStart);
  }

  function markCallSite(): void {
    writeByte(writer, op.i32Const);
    writeSigned(writer, instruction.at);
    writeLocal(writer, op.globalSet, globals.callSite);
  }

  function markAltered(): void {
    writeBytes(writer, Uint8Array.of(op.i32Const, 1));
    writeLocal(writer, op.globalSet, globals.altered);
  }

  function rewriteCall(opcode: number, index: number): void {
    replace();
    if (index < module.importedFunctions) markCallSite();
    if (opcode === op.returnCall) writeGiveBack(writer, meter, plan.slots);
    else writeLocal(writer, op.localGet, meter.local);
    writeLocal(writer, opcode, indices.functionOf(index));
    if (opcode === op.call) writeLocal(writer, op.localSet, meter.local);
    isStale = true;
  }

  function rewriteIndirectCall(opcode: number, type: number, table: number): void {
    publish();
    replace();
    writeLocal(writer, op.localTee, temporaries.first);
    writeLocal(writer, op.globalSet, globals.callee);
    markCallSite();
    if (opcode === op.returnCallIndirect) writeGiveBack(writer, meter, plan.slots);
    else writeLocal(writer, op.localGet, meter.local);
    writeLocal(writer, op.localGet, temporaries.first);
    writeLocal(writer, opcode, indices.meteredTypeOf(type));
    writeU32(writer, table);
    if (opcode === op.callIndirect) writeLocal(writer, op.localSet, meter.local);
    isStale = true;
  }

  /** What the instruction works on is charged when it was done: before, it might trap for being too much. */
  function chargeInProportion({ shift, isGrowth }: Proportion): void {
    writeLocal(writer, op.localTee, temporaries.first);
    copyUpTo(reader.at);
    sources.made(writer.at, instruction.at);
    if (isGrowth) {
      writeLocal(writer, op.localTee, temporaries.second);
      writeBytes(writer, Uint8Array.of(op.i32Const, 0x7f, op.i32Ne, op.if, 0x40));
      markAltered();
    }
    writeTakeScaled(writer, meter, { local: temporaries.first, shift });
    writeCheck(writer, meter, false);
    if (isGrowth) {
      writeByte(writer, op.end);
      writeLocal(writer, op.localGet, temporaries.second);
    }
    isStale = true;
  }

  function finish(): void {
    replace();
    if (plan.endsEarly) writeByte(writer, op.end);
    writeGiveBack(writer, meter, plan.slots);
    writeByte(writer, op.end);
  }

  enterSegment();
  if (plan.endsEarly) {
    writeByte(writer, op.block);
    writeSigned(writer, indices.resultBlockOf(body.type));
  }
  while (reader.at < reader.end) {
    readInstruction(reader, instruction);
    rewrite(instruction.info);
    enterSegment();
  }

  function rewrite(info: InstructionInfo): void {
    switch (info.code) {
      case op.block:
      case op.loop:
      case op.if:
        depth++;
        return;
      case op.end:
        if (depth === 0) finish();
        else depth--;
        return;
      case op.localGet:
      case op.localSet:
      case op.localTee:
        if (instruction.first < params) return;
        replace();
        writeLocal(writer, info.code, instruction.first + 1);
        return;
      case op.call:
        return rewriteCall(info.code, instruction.first);
      case op.callIndirect:
        return rewriteIndirectCall(info.code, instruction.first, instruction.second);
      case op.returnCall:
        rewriteCall(info.code, instruction.first);
        return dropDeadCode();
      case op.returnCallIndirect:
        rewriteIndirectCall(info.code, instruction.first, instruction.second);
        return dropDeadCode();
      case op.return:
        replace();
        writeLocal(writer, op.br, depth);
        return dropDeadCode();
      case op.unreachable:
        publish();
        return dropDeadCode();
      case op.br:
      case op.brTable:
        return dropDeadCode();
      case op.refFunc:
        replace();
        writeLocal(writer, op.refFunc, indices.functionOf(instruction.first));
        return;
      default:
        rewriteOther(info);
    }
  }

  function keepTruncated({ takes }: InstructionInfo): void {
    copyUpTo(instruction.at);
    const isSmall = takes[0] === 'f32';
    const local = isSmall ? temporaries.f32 : temporaries.f64;
    writeLocal(writer, op.localTee, local);
    writeLocal(writer, op.localGet, local);
    if (isSmall) writeByte(writer, op.f64PromoteF32);
    writeLocal(writer, op.globalSet, globals.truncated);
  }

  function rewriteOther(info: InstructionInfo): void {
    if (info.mayTrap) publish();
    if (isTruncation(info)) keepTruncated(info);
    const proportion = proportionOf.get(info.code);
    const isGrowth = proportion?.isGrowth === true;
    if (proportion !== undefined || alteringOpcodes.has(info.code)) {
      copyUpTo(instruction.at);
      if (alteringOpcodes.has(info.code) && !isGrowth) markAltered();
      if (proportion !== undefined) chargeInProportion(proportion);
    }
    if (plan.visibleNaNs.has(instruction.at)) {
      copyUpTo(reader.at);
      const type = info.gives[0] === 'f32' ? 'f32' : 'f64';
      writeCanonicalNaN(writer, type, temporaries[type]);
    }
  }

  /** Writes on at the `else` or `end` after it. */
  function dropDeadCode(): void {
    copyUpTo(reader.at);
    skipDeadCode(reader, instruction);
    copied = instruction.at;
    rewrite(instruction.info);
  }

  return { body: writer, plan, sources };
}

interface Temporaries {
  readonly first: number;
  readonly second: number;
  readonly f32: number;
  readonly f64: number;
}

function declareLocals(
  writer: Writer,
  body: FunctionBody,
  plan: FunctionPlan,
  firstFree: number,
): Temporaries {
  const groups = [...body.locals];
  let free = firstFree;
  const declare = (count: number, type: ValueType, isNeeded: boolean): number => {
    if (!isNeeded) return -1;
    groups.push([count, type]);
    free += count;
    return free - count;
  };
  const first = declare(2, 'i32', plan.hasProportional || plan.hasIndirectCalls);
  const temporaries = {
    first,
    second: first + 1,
    f32: declare(1, 'f32', plan.usesFloats.f32),
    f64: declare(1, 'f64', plan.usesFloats.f64),
  };
  writeU32(writer, groups.length);
  for (const [count, type] of groups) {
    writeU32(writer, count);
    writeByte(writer, valueTypeCode(type));
  }
  return temporaries;
}
