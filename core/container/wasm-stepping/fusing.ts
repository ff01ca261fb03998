/**
 * Instructions that often follow each other are run as one: the first one's word stands for all of them, and the others
 * keep theirs, so that each can still be jumped to, stopped at and run alone. A trap in the midst is at its own place.
 */
import type { CodeMap } from './code-map';
import { Op } from './operations';

const i32Const = 0x41;
const i64Const = 0x42;
const i32Load = 0x28;
const i32Eqz = 0x45;
const i32LtU = 0x49;
const i32GeU = 0x4f;
const i32Add = 0x6a;
const i32Sub = 0x6b;
const i32And = 0x71;
const i32Xor = 0x73;
const i32Shl = 0x74;
const i32ShrU = 0x76;

/** Longer ones first. */
const groups: readonly (readonly [fused: Op, ...members: readonly number[]])[] = [
  [Op.LocalGetConstAdd, Op.LocalGet, i32Const, i32Add],
  [Op.LocalGetConstSub, Op.LocalGet, i32Const, i32Sub],
  [Op.LocalGetConst, Op.LocalGet, i32Const],
  [Op.LocalGetConst64, Op.LocalGet, i64Const],
  [Op.LocalGetLocalGet, Op.LocalGet, Op.LocalGet],
  [Op.LocalGetLoad, Op.LocalGet, i32Load],
  [Op.LocalGetAdd, Op.LocalGet, i32Add],
  [Op.LocalGetXor, Op.LocalGet, i32Xor],
  [Op.LocalSetLocalGet, Op.LocalSet, Op.LocalGet],
  [Op.LocalSetBranch, Op.LocalSet, Op.Branch],
  [Op.ConstAdd, i32Const, i32Add],
  [Op.ConstSub, i32Const, i32Sub],
  [Op.ConstAnd, i32Const, i32And],
  [Op.ConstShl, i32Const, i32Shl],
  [Op.ConstShrU, i32Const, i32ShrU],
  [Op.AddLocalSet, i32Add, Op.LocalSet],
  [Op.AddLoad, i32Add, i32Load],
  [Op.EqzIf, i32Eqz, Op.If],
  [Op.EqzBranchIf, i32Eqz, Op.BranchIf],
  [Op.LtUIf, i32LtU, Op.If],
  [Op.GeUIf, i32GeU, Op.If],
  [Op.GeUBranchIf, i32GeU, Op.BranchIf],
];

const groupsByFirst = new Map(
  groups.map(([, first = 0]) => [first, groups.filter((candidate) => candidate[1] === first)]),
);
const membersByFused = new Map<number, readonly number[]>(
  groups.map(([fused, ...members]) => [fused, members]),
);

/** How many instructions the word stands for. */
export const fusedLength = (word: number): number => membersByFused.get(word)?.length ?? 1;

/** What the first of them is by itself. */
export const unfused = (word: number): number => membersByFused.get(word)?.[0] ?? word;

/** Puts fused words in place of first ones, within straight lines. `base` is the address of the first word. */
export function fuse(words: Int32Array, { addresses, rests }: CodeMap, base: number): void {
  const wordAt = (place: number): number => words[((addresses[place] ?? 0) - base) >> 2] ?? 0;
  for (let place = 0; place < addresses.length; place++) {
    const rest = rests[place] ?? 0;
    const group = groupsByFirst
      .get(wordAt(place))
      ?.find(
        ([, ...members]) =>
          members.length <= rest && members.every((member, index) => wordAt(place + index) === member),
      );
    if (group === undefined) continue;
    words[((addresses[place] ?? 0) - base) >> 2] = group[0];
    place += group.length - 2;
  }
}
