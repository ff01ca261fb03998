/**
 * The one table of wasm instructions that kernels may use. Decoding, gas, instrumentation and everything that
 * shows or interprets code is written against it; what isn't in it is refused.
 */

/** What follows the opcode in the bytes. */
export type ImmediateKind =
  | 'none'
  | 'block'
  | 'label'
  | 'labels'
  | 'function'
  | 'type table'
  | 'types'
  | 'local'
  | 'global'
  | 'table'
  | 'table table'
  | 'element'
  | 'element table'
  | 'data'
  | 'data memory'
  | 'memory'
  | 'memory index'
  | 'memory memory'
  | 'i32'
  | 'i64'
  | 'f32'
  | 'f64'
  | 'reference type';

export type OperandType = 'i32' | 'i64' | 'f32' | 'f64' | 'reference' | 'any';

export interface InstructionInfo {
  /** The opcode; a prefixed one as `prefix << 8 | number`. */
  readonly code: number;
  readonly name: string;
  readonly immediate: ImmediateKind;
  /** Operands taken and results given. What depends on a block's, function's or label's type is not among them. */
  readonly takes: readonly OperandType[];
  readonly gives: readonly OperandType[];
  readonly mayTrap: boolean;
  /** Whether its result may be a NaN whose bits the specification leaves open. */
  readonly mayMakeNaN: boolean;
}

/** What an effect's letters stand for: takes `>` gives. */
const typeByLetter: ReadonlyMap<string, OperandType> = new Map([
  ['i', 'i32'],
  ['l', 'i64'],
  ['f', 'f32'],
  ['d', 'f64'],
  ['r', 'reference'],
  ['?', 'any'],
]);

type Row = readonly [
  code: number,
  name: string,
  effect: string,
  immediate?: ImmediateKind,
  trait?: 'may trap' | 'may make NaN',
];

const prefixMisc = 0xfc;

// prettier-ignore
const rows: readonly Row[] = [
  [0x00, 'unreachable', '>', 'none', 'may trap'],
  [0x01, 'nop', '>'],
  [0x02, 'block', '>', 'block'],
  [0x03, 'loop', '>', 'block'],
  [0x04, 'if', 'i>', 'block'],
  [0x05, 'else', '>'],
  [0x0b, 'end', '>'],
  [0x0c, 'br', '>', 'label'],
  [0x0d, 'br_if', 'i>', 'label'],
  [0x0e, 'br_table', 'i>', 'labels'],
  [0x0f, 'return', '>'],
  [0x10, 'call', '>', 'function'],
  [0x11, 'call_indirect', 'i>', 'type table', 'may trap'],
  [0x12, 'return_call', '>', 'function'],
  [0x13, 'return_call_indirect', 'i>', 'type table', 'may trap'],
  [0x1a, 'drop', '?>'],
  [0x1b, 'select', '??i>?'],
  [0x1c, 'select', '??i>?', 'types'],
  [0x20, 'local.get', '>?', 'local'],
  [0x21, 'local.set', '?>', 'local'],
  [0x22, 'local.tee', '?>?', 'local'],
  [0x23, 'global.get', '>?', 'global'],
  [0x24, 'global.set', '?>', 'global'],
  [0x25, 'table.get', 'i>r', 'table', 'may trap'],
  [0x26, 'table.set', 'ir>', 'table', 'may trap'],
  [0x28, 'i32.load', 'i>i', 'memory', 'may trap'],
  [0x29, 'i64.load', 'i>l', 'memory', 'may trap'],
  [0x2a, 'f32.load', 'i>f', 'memory', 'may trap'],
  [0x2b, 'f64.load', 'i>d', 'memory', 'may trap'],
  [0x2c, 'i32.load8_s', 'i>i', 'memory', 'may trap'],
  [0x2d, 'i32.load8_u', 'i>i', 'memory', 'may trap'],
  [0x2e, 'i32.load16_s', 'i>i', 'memory', 'may trap'],
  [0x2f, 'i32.load16_u', 'i>i', 'memory', 'may trap'],
  [0x30, 'i64.load8_s', 'i>l', 'memory', 'may trap'],
  [0x31, 'i64.load8_u', 'i>l', 'memory', 'may trap'],
  [0x32, 'i64.load16_s', 'i>l', 'memory', 'may trap'],
  [0x33, 'i64.load16_u', 'i>l', 'memory', 'may trap'],
  [0x34, 'i64.load32_s', 'i>l', 'memory', 'may trap'],
  [0x35, 'i64.load32_u', 'i>l', 'memory', 'may trap'],
  [0x36, 'i32.store', 'ii>', 'memory', 'may trap'],
  [0x37, 'i64.store', 'il>', 'memory', 'may trap'],
  [0x38, 'f32.store', 'if>', 'memory', 'may trap'],
  [0x39, 'f64.store', 'id>', 'memory', 'may trap'],
  [0x3a, 'i32.store8', 'ii>', 'memory', 'may trap'],
  [0x3b, 'i32.store16', 'ii>', 'memory', 'may trap'],
  [0x3c, 'i64.store8', 'il>', 'memory', 'may trap'],
  [0x3d, 'i64.store16', 'il>', 'memory', 'may trap'],
  [0x3e, 'i64.store32', 'il>', 'memory', 'may trap'],
  [0x3f, 'memory.size', '>i', 'memory index'],
  [0x40, 'memory.grow', 'i>i', 'memory index'],
  [0x41, 'i32.const', '>i', 'i32'],
  [0x42, 'i64.const', '>l', 'i64'],
  [0x43, 'f32.const', '>f', 'f32'],
  [0x44, 'f64.const', '>d', 'f64'],
  [0x45, 'i32.eqz', 'i>i'],
  [0x46, 'i32.eq', 'ii>i'],
  [0x47, 'i32.ne', 'ii>i'],
  [0x48, 'i32.lt_s', 'ii>i'],
  [0x49, 'i32.lt_u', 'ii>i'],
  [0x4a, 'i32.gt_s', 'ii>i'],
  [0x4b, 'i32.gt_u', 'ii>i'],
  [0x4c, 'i32.le_s', 'ii>i'],
  [0x4d, 'i32.le_u', 'ii>i'],
  [0x4e, 'i32.ge_s', 'ii>i'],
  [0x4f, 'i32.ge_u', 'ii>i'],
  [0x50, 'i64.eqz', 'l>i'],
  [0x51, 'i64.eq', 'll>i'],
  [0x52, 'i64.ne', 'll>i'],
  [0x53, 'i64.lt_s', 'll>i'],
  [0x54, 'i64.lt_u', 'll>i'],
  [0x55, 'i64.gt_s', 'll>i'],
  [0x56, 'i64.gt_u', 'll>i'],
  [0x57, 'i64.le_s', 'll>i'],
  [0x58, 'i64.le_u', 'll>i'],
  [0x59, 'i64.ge_s', 'll>i'],
  [0x5a, 'i64.ge_u', 'll>i'],
  [0x5b, 'f32.eq', 'ff>i'],
  [0x5c, 'f32.ne', 'ff>i'],
  [0x5d, 'f32.lt', 'ff>i'],
  [0x5e, 'f32.gt', 'ff>i'],
  [0x5f, 'f32.le', 'ff>i'],
  [0x60, 'f32.ge', 'ff>i'],
  [0x61, 'f64.eq', 'dd>i'],
  [0x62, 'f64.ne', 'dd>i'],
  [0x63, 'f64.lt', 'dd>i'],
  [0x64, 'f64.gt', 'dd>i'],
  [0x65, 'f64.le', 'dd>i'],
  [0x66, 'f64.ge', 'dd>i'],
  [0x67, 'i32.clz', 'i>i'],
  [0x68, 'i32.ctz', 'i>i'],
  [0x69, 'i32.popcnt', 'i>i'],
  [0x6a, 'i32.add', 'ii>i'],
  [0x6b, 'i32.sub', 'ii>i'],
  [0x6c, 'i32.mul', 'ii>i'],
  [0x6d, 'i32.div_s', 'ii>i', 'none', 'may trap'],
  [0x6e, 'i32.div_u', 'ii>i', 'none', 'may trap'],
  [0x6f, 'i32.rem_s', 'ii>i', 'none', 'may trap'],
  [0x70, 'i32.rem_u', 'ii>i', 'none', 'may trap'],
  [0x71, 'i32.and', 'ii>i'],
  [0x72, 'i32.or', 'ii>i'],
  [0x73, 'i32.xor', 'ii>i'],
  [0x74, 'i32.shl', 'ii>i'],
  [0x75, 'i32.shr_s', 'ii>i'],
  [0x76, 'i32.shr_u', 'ii>i'],
  [0x77, 'i32.rotl', 'ii>i'],
  [0x78, 'i32.rotr', 'ii>i'],
  [0x79, 'i64.clz', 'l>l'],
  [0x7a, 'i64.ctz', 'l>l'],
  [0x7b, 'i64.popcnt', 'l>l'],
  [0x7c, 'i64.add', 'll>l'],
  [0x7d, 'i64.sub', 'll>l'],
  [0x7e, 'i64.mul', 'll>l'],
  [0x7f, 'i64.div_s', 'll>l', 'none', 'may trap'],
  [0x80, 'i64.div_u', 'll>l', 'none', 'may trap'],
  [0x81, 'i64.rem_s', 'll>l', 'none', 'may trap'],
  [0x82, 'i64.rem_u', 'll>l', 'none', 'may trap'],
  [0x83, 'i64.and', 'll>l'],
  [0x84, 'i64.or', 'll>l'],
  [0x85, 'i64.xor', 'll>l'],
  [0x86, 'i64.shl', 'll>l'],
  [0x87, 'i64.shr_s', 'll>l'],
  [0x88, 'i64.shr_u', 'll>l'],
  [0x89, 'i64.rotl', 'll>l'],
  [0x8a, 'i64.rotr', 'll>l'],
  [0x8b, 'f32.abs', 'f>f'],
  [0x8c, 'f32.neg', 'f>f'],
  [0x8d, 'f32.ceil', 'f>f', 'none', 'may make NaN'],
  [0x8e, 'f32.floor', 'f>f', 'none', 'may make NaN'],
  [0x8f, 'f32.trunc', 'f>f', 'none', 'may make NaN'],
  [0x90, 'f32.nearest', 'f>f', 'none', 'may make NaN'],
  [0x91, 'f32.sqrt', 'f>f', 'none', 'may make NaN'],
  [0x92, 'f32.add', 'ff>f', 'none', 'may make NaN'],
  [0x93, 'f32.sub', 'ff>f', 'none', 'may make NaN'],
  [0x94, 'f32.mul', 'ff>f', 'none', 'may make NaN'],
  [0x95, 'f32.div', 'ff>f', 'none', 'may make NaN'],
  [0x96, 'f32.min', 'ff>f', 'none', 'may make NaN'],
  [0x97, 'f32.max', 'ff>f', 'none', 'may make NaN'],
  [0x98, 'f32.copysign', 'ff>f'],
  [0x99, 'f64.abs', 'd>d'],
  [0x9a, 'f64.neg', 'd>d'],
  [0x9b, 'f64.ceil', 'd>d', 'none', 'may make NaN'],
  [0x9c, 'f64.floor', 'd>d', 'none', 'may make NaN'],
  [0x9d, 'f64.trunc', 'd>d', 'none', 'may make NaN'],
  [0x9e, 'f64.nearest', 'd>d', 'none', 'may make NaN'],
  [0x9f, 'f64.sqrt', 'd>d', 'none', 'may make NaN'],
  [0xa0, 'f64.add', 'dd>d', 'none', 'may make NaN'],
  [0xa1, 'f64.sub', 'dd>d', 'none', 'may make NaN'],
  [0xa2, 'f64.mul', 'dd>d', 'none', 'may make NaN'],
  [0xa3, 'f64.div', 'dd>d', 'none', 'may make NaN'],
  [0xa4, 'f64.min', 'dd>d', 'none', 'may make NaN'],
  [0xa5, 'f64.max', 'dd>d', 'none', 'may make NaN'],
  [0xa6, 'f64.copysign', 'dd>d'],
  [0xa7, 'i32.wrap_i64', 'l>i'],
  [0xa8, 'i32.trunc_f32_s', 'f>i', 'none', 'may trap'],
  [0xa9, 'i32.trunc_f32_u', 'f>i', 'none', 'may trap'],
  [0xaa, 'i32.trunc_f64_s', 'd>i', 'none', 'may trap'],
  [0xab, 'i32.trunc_f64_u', 'd>i', 'none', 'may trap'],
  [0xac, 'i64.extend_i32_s', 'i>l'],
  [0xad, 'i64.extend_i32_u', 'i>l'],
  [0xae, 'i64.trunc_f32_s', 'f>l', 'none', 'may trap'],
  [0xaf, 'i64.trunc_f32_u', 'f>l', 'none', 'may trap'],
  [0xb0, 'i64.trunc_f64_s', 'd>l', 'none', 'may trap'],
  [0xb1, 'i64.trunc_f64_u', 'd>l', 'none', 'may trap'],
  [0xb2, 'f32.convert_i32_s', 'i>f'],
  [0xb3, 'f32.convert_i32_u', 'i>f'],
  [0xb4, 'f32.convert_i64_s', 'l>f'],
  [0xb5, 'f32.convert_i64_u', 'l>f'],
  [0xb6, 'f32.demote_f64', 'd>f', 'none', 'may make NaN'],
  [0xb7, 'f64.convert_i32_s', 'i>d'],
  [0xb8, 'f64.convert_i32_u', 'i>d'],
  [0xb9, 'f64.convert_i64_s', 'l>d'],
  [0xba, 'f64.convert_i64_u', 'l>d'],
  [0xbb, 'f64.promote_f32', 'f>d', 'none', 'may make NaN'],
  [0xbc, 'i32.reinterpret_f32', 'f>i'],
  [0xbd, 'i64.reinterpret_f64', 'd>l'],
  [0xbe, 'f32.reinterpret_i32', 'i>f'],
  [0xbf, 'f64.reinterpret_i64', 'l>d'],
  [0xc0, 'i32.extend8_s', 'i>i'],
  [0xc1, 'i32.extend16_s', 'i>i'],
  [0xc2, 'i64.extend8_s', 'l>l'],
  [0xc3, 'i64.extend16_s', 'l>l'],
  [0xc4, 'i64.extend32_s', 'l>l'],
  [0xd0, 'ref.null', '>r', 'reference type'],
  [0xd1, 'ref.is_null', 'r>i'],
  [0xd2, 'ref.func', '>r', 'function'],
  [0xfc00, 'i32.trunc_sat_f32_s', 'f>i'],
  [0xfc01, 'i32.trunc_sat_f32_u', 'f>i'],
  [0xfc02, 'i32.trunc_sat_f64_s', 'd>i'],
  [0xfc03, 'i32.trunc_sat_f64_u', 'd>i'],
  [0xfc04, 'i64.trunc_sat_f32_s', 'f>l'],
  [0xfc05, 'i64.trunc_sat_f32_u', 'f>l'],
  [0xfc06, 'i64.trunc_sat_f64_s', 'd>l'],
  [0xfc07, 'i64.trunc_sat_f64_u', 'd>l'],
  [0xfc08, 'memory.init', 'iii>', 'data memory', 'may trap'],
  [0xfc09, 'data.drop', '>', 'data'],
  [0xfc0a, 'memory.copy', 'iii>', 'memory memory', 'may trap'],
  [0xfc0b, 'memory.fill', 'iii>', 'memory index', 'may trap'],
  [0xfc0c, 'table.init', 'iii>', 'element table', 'may trap'],
  [0xfc0d, 'elem.drop', '>', 'element'],
  [0xfc0e, 'table.copy', 'iii>', 'table table', 'may trap'],
  [0xfc0f, 'table.grow', 'ri>i', 'table'],
  [0xfc10, 'table.size', '>i', 'table'],
  [0xfc11, 'table.fill', 'iri>', 'table', 'may trap'],];

/** In order of their opcodes. */
export const allInstructions: readonly InstructionInfo[] = rows.map(rowToInfo);

const plain: (InstructionInfo | undefined)[] = Array.from({ length: 256 }, () => undefined);
const prefixed: (InstructionInfo | undefined)[] = [];
for (const info of allInstructions) {
  if (info.code < 0x100) plain[info.code] = info;
  else prefixed[info.code & 0xff] = info;
}

/** Opcodes that other files name. */
export const op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  returnCall: 0x12,
  returnCallIndirect: 0x13,
  drop: 0x1a,
  select: 0x1b,
  selectTyped: 0x1c,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  tableGet: 0x25,
  tableSet: 0x26,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  i32Ne: 0x47,
  i64Eqz: 0x50,
  i64Ne: 0x52,
  i64LtS: 0x53,
  f32Eq: 0x5b,
  f64Eq: 0x61,
  f64Ge: 0x66,
  i64Add: 0x7c,
  i64Sub: 0x7d,
  i64And: 0x83,
  i64Or: 0x84,
  i64Shl: 0x86,
  i64ShrS: 0x87,
  i64ShrU: 0x88,
  i64ExtendI32U: 0xad,
  i64TruncF64S: 0xb0,
  f64ConvertI64S: 0xb9,
  f64PromoteF32: 0xbb,
  refNull: 0xd0,
  refFunc: 0xd2,
  i32TruncSatF32S: 0xfc00,
  i64TruncSatF64U: 0xfc07,
  memoryInit: 0xfc08,
  dataDrop: 0xfc09,
  memoryCopy: 0xfc0a,
  memoryFill: 0xfc0b,
  tableInit: 0xfc0c,
  elemDrop: 0xfc0d,
  tableCopy: 0xfc0e,
  tableGrow: 0xfc0f,
  tableFill: 0xfc11,
} as const;

/** The instruction of a one-byte opcode. */
export const plainInstruction = (opcode: number): InstructionInfo | undefined => plain[opcode];

/** The instruction after the prefix byte 0xfc. */
export const miscInstruction = (number: number): InstructionInfo | undefined => prefixed[number];

export const isMiscPrefix = (opcode: number): boolean => opcode === prefixMisc;

function rowToInfo([code, name, effect, immediate = 'none', trait]: Row): InstructionInfo {
  const [takes = '', gives = ''] = effect.split('>');
  return {
    code,
    name,
    immediate,
    takes: lettersToTypes(takes),
    gives: lettersToTypes(gives),
    mayTrap: trait === 'may trap',
    mayMakeNaN: trait === 'may make NaN',
  };
}

function lettersToTypes(letters: string): OperandType[] {
  return Array.from(letters, (letter) => typeByLetter.get(letter) ?? 'any');
}
