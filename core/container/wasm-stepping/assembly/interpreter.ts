// The interpreter: runs translated code until there is something for the machine to do; `operations.ts` says what the
// words mean. The topmost operand is in `top`, and `sp` is the place in the stack where it belongs, so that the one below
// it is at `sp - 8`. Values take 8 bytes, smaller ones with zeros above them. What may trap changes nothing before it is
// known that it won't.
import { Op, Register, Status, Trap, breakpointBytes, functionBytes, pageBits } from '../operations';
import { copyMemory, done, fillMemory, grow, initMemory, touch } from './memory';
import { bits32, canonical32, canonical64, f32Of, f64Of, fits, overflows, saturate, truth, unfit, word } from './numbers';
import { copyEntries, entryAt, fillTable, growTable, setEntry, tableSize } from './tables';

/** From the state in the registers on. `first` is the operation at `pc`, whatever stands in its place. */
export function run(first: i32): i32 {
  const limit = load<i64>(Register.limit);
  const stopDepth = load<i32>(Register.stopDepth);
  const memory = load<usize>(Register.memory);
  const pageFlags = load<usize>(Register.pageFlags);
  let size = load<u64>(Register.memorySize);
  let pc = load<usize>(Register.pc);
  let sp = load<usize>(Register.sp);
  let fp = load<usize>(Register.fp);
  let spent = load<i64>(Register.spent);
  let top = load<u64>(sp);
  let op = first;
  while (true) {
    switch (op) {
      case Op.Unreachable: return trapped(Trap.Unreachable, pc, sp, fp, top, spent);
      case Op.Nop: pc += 4; break;
      case Op.If: {
        const isTrue = <u32>top != 0;
        sp -= 8; top = load<u64>(sp);
        pc = isTrue ? pc + 8 : load<usize>(pc, 4);
        break;
      }
      case Op.Jump:
      case Op.Branch: pc = load<usize>(pc, 4); break;
      case Op.BranchDropping:
        sp -= load<u32>(pc, 8); top = load<u64>(sp);
        pc = load<usize>(pc, 4); break;
      case Op.BranchKeepingOne:
        sp -= load<u32>(pc, 8);
        pc = load<usize>(pc, 4); break;
      case Op.BranchKeeping:
        sp = keep(sp, top, load<u32>(pc, 8), load<u32>(pc, 12));
        pc = load<usize>(pc, 4); break;
      case Op.BranchIf: {
        const isTrue = <u32>top != 0;
        sp -= 8; top = load<u64>(sp);
        pc = isTrue ? load<usize>(pc, 4) : pc + 8;
        break;
      }
      case Op.BranchIfDropping: {
        const isTrue = <u32>top != 0;
        sp -= isTrue ? 8 + load<u32>(pc, 8) : 8; top = load<u64>(sp);
        pc = isTrue ? load<usize>(pc, 4) : pc + 12;
        break;
      }
      case Op.BranchIfKeepingOne: {
        const isTrue = <u32>top != 0;
        sp -= 8; top = load<u64>(sp);
        if (isTrue) { sp -= load<u32>(pc, 8); pc = load<usize>(pc, 4); } else pc += 12;
        break;
      }
      case Op.BranchIfKeeping: {
        const isTrue = <u32>top != 0;
        sp -= 8; top = load<u64>(sp);
        if (isTrue) { sp = keep(sp, top, load<u32>(pc, 8), load<u32>(pc, 12)); pc = load<usize>(pc, 4); } else pc += 16;
        break;
      }
      case Op.BranchTable: {
        const labels = load<u32>(pc, 4);
        const label = pc + <usize>min<u32>(<u32>top, labels - 1) * 12;
        sp -= 8; top = load<u64>(sp);
        const kept = load<u32>(label, 16);
        sp = keep(sp, top, load<u32>(label, 12), kept);
        if (kept == 0) top = load<u64>(sp);
        pc = load<usize>(label, 8); break;
      }
      case Op.End:
      case Op.Return: {
        const depth = load<i32>(Register.depth) - 1;
        if (depth == 0) return leave(Status.Done, pc, sp, fp, top, spent);
        // The results may take the place of the record.
        const record = fp + load<usize>(pc, 4);
        const returnTo = load<usize>(record);
        const caller = load<usize>(record, 4);
        const results = load<u32>(pc, 12);
        store<i32>(Register.stack, load<i32>(Register.stack) + load<i32>(pc, 8));
        if (results == 1) sp = fp;
        else { store<u64>(sp, top); sp = passResults(sp, fp, results); top = load<u64>(sp); }
        pc = returnTo;
        fp = caller;
        store<i32>(Register.depth, depth);
        if (fp < load<usize>(Register.lowestFrame)) store<usize>(Register.lowestFrame, fp);
        if (depth <= stopDepth) return leave(Status.Depth, pc, sp, fp, top, spent);
        break;
      }
      case Op.Call: {
        store<u64>(sp, top);
        const frame = sp + 8 - load<usize>(pc, 8);
        const record = frame + load<usize>(pc, 12);
        for (let local = sp + 8; local < record; local += 8) store<u64>(local, 0);
        store<usize>(record, pc + 16);
        store<usize>(record, fp, 4);
        store<u64>(record, 0, 8);
        store<i32>(Register.depth, load<i32>(Register.depth) + 1);
        fp = frame; sp = record + 8; top = 0;
        pc = load<usize>(pc, 4); break;
      }
      case Op.CallIndirect: {
        const callee = calleeOf(<u32>top, load<u32>(pc, 4), load<usize>(pc, 8));
        if (callee < 0) return trapped(-callee, pc, sp, fp, top, spent);
        const entry = load<usize>(<usize>callee, 4);
        if (entry == 0) return leave(Status.Import, pc, sp, fp, top, spent);
        sp -= 8;
        const frame = sp + 8 - load<usize>(<usize>callee, 8);
        const record = frame + load<usize>(<usize>callee, 12);
        for (let local = sp + 8; local < record; local += 8) store<u64>(local, 0);
        store<usize>(record, pc + 12);
        store<usize>(record, fp, 4);
        store<u64>(record, 0, 8);
        store<i32>(Register.depth, load<i32>(Register.depth) + 1);
        fp = frame; sp = record + 8; top = 0;
        pc = entry; break;
      }
      case Op.ReturnCall: {
        store<u64>(sp, top);
        sp = passOn(sp, fp, pc + 8, fp + load<usize>(pc, 16), load<i32>(pc, 20));
        top = 0;
        pc = load<usize>(pc, 4); break;
      }
      case Op.ReturnCallIndirect: {
        const callee = calleeOf(<u32>top, load<u32>(pc, 4), load<usize>(pc, 8));
        if (callee < 0) return trapped(-callee, pc, sp, fp, top, spent);
        const entry = load<usize>(<usize>callee, 4);
        if (entry == 0) return leave(Status.Import, pc, sp, fp, top, spent);
        sp = passOn(sp - 8, fp, <usize>callee + 8, fp + load<usize>(pc, 12), load<i32>(pc, 16));
        top = 0;
        pc = entry; break;
      }
      case Op.CallImport:
      case Op.ReturnCallImport: return leave(Status.Import, pc, sp, fp, top, spent);
      case Op.Drop: sp -= 8; top = load<u64>(sp); pc += 4; break;
      case Op.Select: {
        const isTrue = <u32>top != 0;
        sp -= 16;
        top = isTrue ? load<u64>(sp) : load<u64>(sp, 8);
        pc += 4; break;
      }
      case Op.LocalGet:
        store<u64>(sp, top);
        sp += 8; top = load<u64>(fp + load<u32>(pc, 4));
        pc += 8; break;
      case Op.LocalSet:
        store<u64>(fp + load<u32>(pc, 4), top);
        sp -= 8; top = load<u64>(sp);
        pc += 8; break;
      case Op.LocalTee:
        store<u64>(fp + load<u32>(pc, 4), top);
        pc += 8; break;
      case Op.GlobalGet:
        store<u64>(sp, top);
        sp += 8; top = load<u64>(load<usize>(pc, 4));
        pc += 8; break;
      case Op.GlobalSet:
        store<u64>(load<usize>(pc, 4), top);
        sp -= 8; top = load<u64>(sp);
        pc += 8; break;
      case Op.TableGet: {
        const table = load<usize>(pc, 4);
        if (<u32>top >= tableSize(table)) return trapped(Trap.Table, pc, sp, fp, top, spent);
        top = <u64>load<u32>(entryAt(table, <u32>top));
        pc += 8; break;
      }
      case Op.TableSet: {
        const table = load<usize>(pc, 4);
        const index = load<u32>(sp - 8);
        if (index >= tableSize(table)) return trapped(Trap.Table, pc, sp, fp, top, spent);
        setEntry(table, index, <u32>top);
        sp -= 16; top = load<u64>(sp);
        pc += 8; break;
      }
      case 0x28:
      case 0x2a:
      case 0x35: { // i32.load, f32.load, i64.load32_u
        const at = <u64><u32>top + <u64>load<u32>(pc, 4);
        if (at + 4 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        top = <u64>load<u32>(memory + <usize>at);
        pc += 8; break;
      }
      case 0x29:
      case 0x2b: { // i64.load, f64.load
        const at = <u64><u32>top + <u64>load<u32>(pc, 4);
        if (at + 8 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        top = <u64>load<u64>(memory + <usize>at);
        pc += 8; break;
      }
      case 0x2c: { // i32.load8_s
        const at = <u64><u32>top + <u64>load<u32>(pc, 4);
        if (at + 1 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        top = <u64><u32><i32>load<i8>(memory + <usize>at);
        pc += 8; break;
      }
      case 0x2d:
      case 0x31: { // i32.load8_u, i64.load8_u
        const at = <u64><u32>top + <u64>load<u32>(pc, 4);
        if (at + 1 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        top = <u64>load<u8>(memory + <usize>at);
        pc += 8; break;
      }
      case 0x2e: { // i32.load16_s
        const at = <u64><u32>top + <u64>load<u32>(pc, 4);
        if (at + 2 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        top = <u64><u32><i32>load<i16>(memory + <usize>at);
        pc += 8; break;
      }
      case 0x2f:
      case 0x33: { // i32.load16_u, i64.load16_u
        const at = <u64><u32>top + <u64>load<u32>(pc, 4);
        if (at + 2 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        top = <u64>load<u16>(memory + <usize>at);
        pc += 8; break;
      }
      case 0x30: { // i64.load8_s
        const at = <u64><u32>top + <u64>load<u32>(pc, 4);
        if (at + 1 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        top = <u64><i64>load<i8>(memory + <usize>at);
        pc += 8; break;
      }
      case 0x32: { // i64.load16_s
        const at = <u64><u32>top + <u64>load<u32>(pc, 4);
        if (at + 2 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        top = <u64><i64>load<i16>(memory + <usize>at);
        pc += 8; break;
      }
      case 0x34: { // i64.load32_s
        const at = <u64><u32>top + <u64>load<u32>(pc, 4);
        if (at + 4 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        top = <u64><i64>load<i32>(memory + <usize>at);
        pc += 8; break;
      }
      case 0x36:
      case 0x38:
      case 0x3e: { // i32.store, f32.store, i64.store32
        const at = <u64>load<u32>(sp - 8) + <u64>load<u32>(pc, 4);
        if (at + 4 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        store<u32>(memory + <usize>at, <u32>top);
        sp -= 16; top = load<u64>(sp);
        pc += 8;
        if ((load<u8>(pageFlags + <usize>(at >> pageBits)) | load<u8>(pageFlags + <usize>((at + 3) >> pageBits))) != 0 && touch(at, 4)) return written(pc - 8, pc, sp, fp, top, spent);
        break;
      }
      case 0x37:
      case 0x39: { // i64.store, f64.store
        const at = <u64>load<u32>(sp - 8) + <u64>load<u32>(pc, 4);
        if (at + 8 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        store<u64>(memory + <usize>at, <u64>top);
        sp -= 16; top = load<u64>(sp);
        pc += 8;
        if ((load<u8>(pageFlags + <usize>(at >> pageBits)) | load<u8>(pageFlags + <usize>((at + 7) >> pageBits))) != 0 && touch(at, 8)) return written(pc - 8, pc, sp, fp, top, spent);
        break;
      }
      case 0x3a:
      case 0x3c: { // i32.store8, i64.store8
        const at = <u64>load<u32>(sp - 8) + <u64>load<u32>(pc, 4);
        if (at + 1 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        store<u8>(memory + <usize>at, <u8>top);
        sp -= 16; top = load<u64>(sp);
        pc += 8;
        if ((load<u8>(pageFlags + <usize>(at >> pageBits))) != 0 && touch(at, 1)) return written(pc - 8, pc, sp, fp, top, spent);
        break;
      }
      case 0x3b:
      case 0x3d: { // i32.store16, i64.store16
        const at = <u64>load<u32>(sp - 8) + <u64>load<u32>(pc, 4);
        if (at + 2 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        store<u16>(memory + <usize>at, <u16>top);
        sp -= 16; top = load<u64>(sp);
        pc += 8;
        if ((load<u8>(pageFlags + <usize>(at >> pageBits)) | load<u8>(pageFlags + <usize>((at + 1) >> pageBits))) != 0 && touch(at, 2)) return written(pc - 8, pc, sp, fp, top, spent);
        break;
      }
      case 0x3f: store<u64>(sp, top); sp += 8; top = size >> 16; pc += 4; break; // memory.size
      case 0x40: { // memory.grow
        const before = grow(<u32>top);
        if (before == -2) return trapped(Trap.OutOfGas, pc, sp, fp, top, spent);
        top = <u64><u32>before;
        size = load<u64>(Register.memorySize);
        pc += 4; break;
      }
      case 0x41: // i32.const
      case 0x43: // f32.const
        store<u64>(sp, top);
        sp += 8; top = <u64>load<u32>(pc, 4);
        pc += 8; break;
      case 0x42: // i64.const
      case 0x44: // f64.const
        store<u64>(sp, top);
        sp += 8; top = load<u64>(pc, 4);
        pc += 12; break;
      case 0x45: top = truth(<u32>top == 0); pc += 4; break; // i32.eqz
      case 0x46: sp -= 8; top = truth(load<u32>(sp) == <u32>top); pc += 4; break; // i32.eq
      case 0x47: sp -= 8; top = truth(load<u32>(sp) != <u32>top); pc += 4; break; // i32.ne
      case 0x48: sp -= 8; top = truth(load<i32>(sp) < <i32>top); pc += 4; break; // i32.lt_s
      case 0x49: sp -= 8; top = truth(load<u32>(sp) < <u32>top); pc += 4; break; // i32.lt_u
      case 0x4a: sp -= 8; top = truth(load<i32>(sp) > <i32>top); pc += 4; break; // i32.gt_s
      case 0x4b: sp -= 8; top = truth(load<u32>(sp) > <u32>top); pc += 4; break; // i32.gt_u
      case 0x4c: sp -= 8; top = truth(load<i32>(sp) <= <i32>top); pc += 4; break; // i32.le_s
      case 0x4d: sp -= 8; top = truth(load<u32>(sp) <= <u32>top); pc += 4; break; // i32.le_u
      case 0x4e: sp -= 8; top = truth(load<i32>(sp) >= <i32>top); pc += 4; break; // i32.ge_s
      case 0x4f: sp -= 8; top = truth(load<u32>(sp) >= <u32>top); pc += 4; break; // i32.ge_u
      case 0x50: top = truth(top == 0); pc += 4; break; // i64.eqz
      case 0x51: sp -= 8; top = truth(load<u64>(sp) == top); pc += 4; break; // i64.eq
      case 0x52: sp -= 8; top = truth(load<u64>(sp) != top); pc += 4; break; // i64.ne
      case 0x53: sp -= 8; top = truth(load<i64>(sp) < <i64>top); pc += 4; break; // i64.lt_s
      case 0x54: sp -= 8; top = truth(load<u64>(sp) < top); pc += 4; break; // i64.lt_u
      case 0x55: sp -= 8; top = truth(load<i64>(sp) > <i64>top); pc += 4; break; // i64.gt_s
      case 0x56: sp -= 8; top = truth(load<u64>(sp) > top); pc += 4; break; // i64.gt_u
      case 0x57: sp -= 8; top = truth(load<i64>(sp) <= <i64>top); pc += 4; break; // i64.le_s
      case 0x58: sp -= 8; top = truth(load<u64>(sp) <= top); pc += 4; break; // i64.le_u
      case 0x59: sp -= 8; top = truth(load<i64>(sp) >= <i64>top); pc += 4; break; // i64.ge_s
      case 0x5a: sp -= 8; top = truth(load<u64>(sp) >= top); pc += 4; break; // i64.ge_u
      case 0x5b: sp -= 8; top = truth(load<f32>(sp) == f32Of(top)); pc += 4; break; // f32.eq
      case 0x5c: sp -= 8; top = truth(load<f32>(sp) != f32Of(top)); pc += 4; break; // f32.ne
      case 0x5d: sp -= 8; top = truth(load<f32>(sp) < f32Of(top)); pc += 4; break; // f32.lt
      case 0x5e: sp -= 8; top = truth(load<f32>(sp) > f32Of(top)); pc += 4; break; // f32.gt
      case 0x5f: sp -= 8; top = truth(load<f32>(sp) <= f32Of(top)); pc += 4; break; // f32.le
      case 0x60: sp -= 8; top = truth(load<f32>(sp) >= f32Of(top)); pc += 4; break; // f32.ge
      case 0x61: sp -= 8; top = truth(load<f64>(sp) == f64Of(top)); pc += 4; break; // f64.eq
      case 0x62: sp -= 8; top = truth(load<f64>(sp) != f64Of(top)); pc += 4; break; // f64.ne
      case 0x63: sp -= 8; top = truth(load<f64>(sp) < f64Of(top)); pc += 4; break; // f64.lt
      case 0x64: sp -= 8; top = truth(load<f64>(sp) > f64Of(top)); pc += 4; break; // f64.gt
      case 0x65: sp -= 8; top = truth(load<f64>(sp) <= f64Of(top)); pc += 4; break; // f64.le
      case 0x66: sp -= 8; top = truth(load<f64>(sp) >= f64Of(top)); pc += 4; break; // f64.ge
      case 0x67: top = word(clz<u32>(<u32>top)); pc += 4; break; // i32.clz
      case 0x68: top = word(ctz<u32>(<u32>top)); pc += 4; break; // i32.ctz
      case 0x69: top = word(popcnt<u32>(<u32>top)); pc += 4; break; // i32.popcnt
      case 0x6a: sp -= 8; top = word(load<u32>(sp) + <u32>top); pc += 4; break; // i32.add
      case 0x6b: sp -= 8; top = word(load<u32>(sp) - <u32>top); pc += 4; break; // i32.sub
      case 0x6c: sp -= 8; top = word(load<u32>(sp) * <u32>top); pc += 4; break; // i32.mul
      case 0x6d: if (<u32>top == 0) return trapped(Trap.DivideByZero, pc, sp, fp, top, spent); if (overflows<i32>(load<i32>(sp - 8), <i32>top)) return trapped(Trap.Overflow, pc, sp, fp, top, spent); sp -= 8; top = word(<u32>(load<i32>(sp) / <i32>top)); pc += 4; break; // i32.div_s
      case 0x6e: if (<u32>top == 0) return trapped(Trap.DivideByZero, pc, sp, fp, top, spent); sp -= 8; top = word(load<u32>(sp) / <u32>top); pc += 4; break; // i32.div_u
      case 0x6f: if (<u32>top == 0) return trapped(Trap.DivideByZero, pc, sp, fp, top, spent); sp -= 8; top = word(<u32>(load<i32>(sp) % <i32>top)); pc += 4; break; // i32.rem_s
      case 0x70: if (<u32>top == 0) return trapped(Trap.DivideByZero, pc, sp, fp, top, spent); sp -= 8; top = word(load<u32>(sp) % <u32>top); pc += 4; break; // i32.rem_u
      case 0x71: sp -= 8; top = word(load<u32>(sp) & <u32>top); pc += 4; break; // i32.and
      case 0x72: sp -= 8; top = word(load<u32>(sp) | <u32>top); pc += 4; break; // i32.or
      case 0x73: sp -= 8; top = word(load<u32>(sp) ^ <u32>top); pc += 4; break; // i32.xor
      case 0x74: sp -= 8; top = word(load<u32>(sp) << <u32>top); pc += 4; break; // i32.shl
      case 0x75: sp -= 8; top = word(<u32>(load<i32>(sp) >> <i32>top)); pc += 4; break; // i32.shr_s
      case 0x76: sp -= 8; top = word(load<u32>(sp) >> <u32>top); pc += 4; break; // i32.shr_u
      case 0x77: sp -= 8; top = word(rotl<u32>(load<u32>(sp), <u32>top)); pc += 4; break; // i32.rotl
      case 0x78: sp -= 8; top = word(rotr<u32>(load<u32>(sp), <u32>top)); pc += 4; break; // i32.rotr
      case 0x79: top = clz<u64>(top); pc += 4; break; // i64.clz
      case 0x7a: top = ctz<u64>(top); pc += 4; break; // i64.ctz
      case 0x7b: top = popcnt<u64>(top); pc += 4; break; // i64.popcnt
      case 0x7c: sp -= 8; top = load<u64>(sp) + top; pc += 4; break; // i64.add
      case 0x7d: sp -= 8; top = load<u64>(sp) - top; pc += 4; break; // i64.sub
      case 0x7e: sp -= 8; top = load<u64>(sp) * top; pc += 4; break; // i64.mul
      case 0x7f: if (top == 0) return trapped(Trap.DivideByZero, pc, sp, fp, top, spent); if (overflows<i64>(load<i64>(sp - 8), <i64>top)) return trapped(Trap.Overflow, pc, sp, fp, top, spent); sp -= 8; top = <u64>(load<i64>(sp) / <i64>top); pc += 4; break; // i64.div_s
      case 0x80: if (top == 0) return trapped(Trap.DivideByZero, pc, sp, fp, top, spent); sp -= 8; top = load<u64>(sp) / top; pc += 4; break; // i64.div_u
      case 0x81: if (top == 0) return trapped(Trap.DivideByZero, pc, sp, fp, top, spent); sp -= 8; top = <u64>(load<i64>(sp) % <i64>top); pc += 4; break; // i64.rem_s
      case 0x82: if (top == 0) return trapped(Trap.DivideByZero, pc, sp, fp, top, spent); sp -= 8; top = load<u64>(sp) % top; pc += 4; break; // i64.rem_u
      case 0x83: sp -= 8; top = load<u64>(sp) & top; pc += 4; break; // i64.and
      case 0x84: sp -= 8; top = load<u64>(sp) | top; pc += 4; break; // i64.or
      case 0x85: sp -= 8; top = load<u64>(sp) ^ top; pc += 4; break; // i64.xor
      case 0x86: sp -= 8; top = load<u64>(sp) << top; pc += 4; break; // i64.shl
      case 0x87: sp -= 8; top = <u64>(load<i64>(sp) >> <i64>top); pc += 4; break; // i64.shr_s
      case 0x88: sp -= 8; top = load<u64>(sp) >> top; pc += 4; break; // i64.shr_u
      case 0x89: sp -= 8; top = rotl<u64>(load<u64>(sp), top); pc += 4; break; // i64.rotl
      case 0x8a: sp -= 8; top = rotr<u64>(load<u64>(sp), top); pc += 4; break; // i64.rotr
      case 0x8b: top = top & 0x7fffffff; pc += 4; break; // f32.abs
      case 0x8c: top = top ^ 0x80000000; pc += 4; break; // f32.neg
      case 0x8d: top = canonical32(ceil<f32>(f32Of(top))); pc += 4; break; // f32.ceil
      case 0x8e: top = canonical32(floor<f32>(f32Of(top))); pc += 4; break; // f32.floor
      case 0x8f: top = canonical32(trunc<f32>(f32Of(top))); pc += 4; break; // f32.trunc
      case 0x90: top = canonical32(nearest<f32>(f32Of(top))); pc += 4; break; // f32.nearest
      case 0x91: top = canonical32(sqrt<f32>(f32Of(top))); pc += 4; break; // f32.sqrt
      case 0x92: sp -= 8; top = canonical32(load<f32>(sp) + f32Of(top)); pc += 4; break; // f32.add
      case 0x93: sp -= 8; top = canonical32(load<f32>(sp) - f32Of(top)); pc += 4; break; // f32.sub
      case 0x94: sp -= 8; top = canonical32(load<f32>(sp) * f32Of(top)); pc += 4; break; // f32.mul
      case 0x95: sp -= 8; top = canonical32(load<f32>(sp) / f32Of(top)); pc += 4; break; // f32.div
      case 0x96: sp -= 8; top = canonical32(min<f32>(load<f32>(sp), f32Of(top))); pc += 4; break; // f32.min
      case 0x97: sp -= 8; top = canonical32(max<f32>(load<f32>(sp), f32Of(top))); pc += 4; break; // f32.max
      case 0x98: sp -= 8; top = (<u64>load<u32>(sp) & 0x7fffffff) | (top & 0x80000000); pc += 4; break; // f32.copysign
      case 0x99: top = top & 0x7fffffffffffffff; pc += 4; break; // f64.abs
      case 0x9a: top = top ^ 0x8000000000000000; pc += 4; break; // f64.neg
      case 0x9b: top = canonical64(ceil<f64>(f64Of(top))); pc += 4; break; // f64.ceil
      case 0x9c: top = canonical64(floor<f64>(f64Of(top))); pc += 4; break; // f64.floor
      case 0x9d: top = canonical64(trunc<f64>(f64Of(top))); pc += 4; break; // f64.trunc
      case 0x9e: top = canonical64(nearest<f64>(f64Of(top))); pc += 4; break; // f64.nearest
      case 0x9f: top = canonical64(sqrt<f64>(f64Of(top))); pc += 4; break; // f64.sqrt
      case 0xa0: sp -= 8; top = canonical64(load<f64>(sp) + f64Of(top)); pc += 4; break; // f64.add
      case 0xa1: sp -= 8; top = canonical64(load<f64>(sp) - f64Of(top)); pc += 4; break; // f64.sub
      case 0xa2: sp -= 8; top = canonical64(load<f64>(sp) * f64Of(top)); pc += 4; break; // f64.mul
      case 0xa3: sp -= 8; top = canonical64(load<f64>(sp) / f64Of(top)); pc += 4; break; // f64.div
      case 0xa4: sp -= 8; top = canonical64(min<f64>(load<f64>(sp), f64Of(top))); pc += 4; break; // f64.min
      case 0xa5: sp -= 8; top = canonical64(max<f64>(load<f64>(sp), f64Of(top))); pc += 4; break; // f64.max
      case 0xa6: sp -= 8; top = (load<u64>(sp) & 0x7fffffffffffffff) | (top & 0x8000000000000000); pc += 4; break; // f64.copysign
      case 0xa7: top = <u64><u32>top; pc += 4; break; // i32.wrap_i64
      case 0xa8: if (!fits<i32>(<f64>f32Of(top))) return trapped(unfit(<f64>f32Of(top)), pc, sp, fp, top, spent); top = <u64><u32><i32>f32Of(top); pc += 4; break; // i32.trunc_f32_s
      case 0xa9: if (!fits<u32>(<f64>f32Of(top))) return trapped(unfit(<f64>f32Of(top)), pc, sp, fp, top, spent); top = <u64><u32>f32Of(top); pc += 4; break; // i32.trunc_f32_u
      case 0xaa: if (!fits<i32>(f64Of(top))) return trapped(unfit(f64Of(top)), pc, sp, fp, top, spent); top = <u64><u32><i32>f64Of(top); pc += 4; break; // i32.trunc_f64_s
      case 0xab: if (!fits<u32>(f64Of(top))) return trapped(unfit(f64Of(top)), pc, sp, fp, top, spent); top = <u64><u32>f64Of(top); pc += 4; break; // i32.trunc_f64_u
      case 0xac: top = <u64><i64><i32>top; pc += 4; break; // i64.extend_i32_s
      case 0xad: top = <u64><u32>top; pc += 4; break; // i64.extend_i32_u
      case 0xae: if (!fits<i64>(<f64>f32Of(top))) return trapped(unfit(<f64>f32Of(top)), pc, sp, fp, top, spent); top = <u64><i64>f32Of(top); pc += 4; break; // i64.trunc_f32_s
      case 0xaf: if (!fits<u64>(<f64>f32Of(top))) return trapped(unfit(<f64>f32Of(top)), pc, sp, fp, top, spent); top = <u64>f32Of(top); pc += 4; break; // i64.trunc_f32_u
      case 0xb0: if (!fits<i64>(f64Of(top))) return trapped(unfit(f64Of(top)), pc, sp, fp, top, spent); top = <u64><i64>f64Of(top); pc += 4; break; // i64.trunc_f64_s
      case 0xb1: if (!fits<u64>(f64Of(top))) return trapped(unfit(f64Of(top)), pc, sp, fp, top, spent); top = <u64>f64Of(top); pc += 4; break; // i64.trunc_f64_u
      case 0xb2: top = bits32(<f32><i32>top); pc += 4; break; // f32.convert_i32_s
      case 0xb3: top = bits32(<f32><u32>top); pc += 4; break; // f32.convert_i32_u
      case 0xb4: top = bits32(<f32><i64>top); pc += 4; break; // f32.convert_i64_s
      case 0xb5: top = bits32(<f32><u64>top); pc += 4; break; // f32.convert_i64_u
      case 0xb6: top = canonical32(<f32>f64Of(top)); pc += 4; break; // f32.demote_f64
      case 0xb7: top = reinterpret<u64>(<f64><i32>top); pc += 4; break; // f64.convert_i32_s
      case 0xb8: top = reinterpret<u64>(<f64><u32>top); pc += 4; break; // f64.convert_i32_u
      case 0xb9: top = reinterpret<u64>(<f64><i64>top); pc += 4; break; // f64.convert_i64_s
      case 0xba: top = reinterpret<u64>(<f64><u64>top); pc += 4; break; // f64.convert_i64_u
      case 0xbb: top = canonical64(<f64>f32Of(top)); pc += 4; break; // f64.promote_f32
      case 0xbc: case 0xbd: case 0xbe: case 0xbf: pc += 4; break; // reinterpretations
      case 0xc0: top = <u64><u32><i32><i8>top; pc += 4; break; // i32.extend8_s
      case 0xc1: top = <u64><u32><i32><i16>top; pc += 4; break; // i32.extend16_s
      case 0xc2: top = <u64><i64><i8>top; pc += 4; break; // i64.extend8_s
      case 0xc3: top = <u64><i64><i16>top; pc += 4; break; // i64.extend16_s
      case 0xc4: top = <u64><i64><i32>top; pc += 4; break; // i64.extend32_s
      case 0xd8: top = <u64><u32>saturate<i32>(<f64>f32Of(top)); pc += 4; break; // i32.trunc_sat_f32_s
      case 0xd9: top = <u64><u32>saturate<u32>(<f64>f32Of(top)); pc += 4; break; // i32.trunc_sat_f32_u
      case 0xda: top = <u64><u32>saturate<i32>(f64Of(top)); pc += 4; break; // i32.trunc_sat_f64_s
      case 0xdb: top = <u64><u32>saturate<u32>(f64Of(top)); pc += 4; break; // i32.trunc_sat_f64_u
      case 0xdc: top = <u64>saturate<i64>(<f64>f32Of(top)); pc += 4; break; // i64.trunc_sat_f32_s
      case 0xdd: top = <u64>saturate<u64>(<f64>f32Of(top)); pc += 4; break; // i64.trunc_sat_f32_u
      case 0xde: top = <u64>saturate<i64>(f64Of(top)); pc += 4; break; // i64.trunc_sat_f64_s
      case 0xdf: top = <u64>saturate<u64>(f64Of(top)); pc += 4; break; // i64.trunc_sat_f64_u
      case Op.RefNull: store<u64>(sp, top); sp += 8; top = 0; pc += 4; break;
      case Op.RefIsNull: top = truth(top == 0); pc += 4; break;
      case Op.RefFunc:
        store<u64>(sp, top);
        sp += 8; top = <u64>load<u32>(pc, 4);
        pc += 8; break;
      case Op.Prefixed + 0x08: { // memory.init
        const to = <u64>load<u32>(sp - 16);
        const trap = initMemory(load<usize>(pc, 4), to, <u64>load<u32>(sp - 8), <u64><u32>top);
        if (trap != done) return trapped(trap, pc, sp, fp, top, spent);
        const length = <u64><u32>top;
        sp -= 24; top = load<u64>(sp);
        pc += 8;
        if (length != 0 && touch(to, length)) return written(pc - 8, pc, sp, fp, top, spent);
        break;
      }
      case Op.Prefixed + 0x09: // data.drop
        store<u32>(load<usize>(pc, 4), 0, 4);
        pc += 8; break;
      case Op.Prefixed + 0x0a: { // memory.copy
        const to = <u64>load<u32>(sp - 16);
        const trap = copyMemory(to, <u64>load<u32>(sp - 8), <u64><u32>top);
        if (trap != done) return trapped(trap, pc, sp, fp, top, spent);
        const length = <u64><u32>top;
        sp -= 24; top = load<u64>(sp);
        pc += 4;
        if (length != 0 && touch(to, length)) return written(pc - 4, pc, sp, fp, top, spent);
        break;
      }
      case Op.Prefixed + 0x0b: { // memory.fill
        const to = <u64>load<u32>(sp - 16);
        const trap = fillMemory(to, load<u32>(sp - 8), <u64><u32>top);
        if (trap != done) return trapped(trap, pc, sp, fp, top, spent);
        const length = <u64><u32>top;
        sp -= 24; top = load<u64>(sp);
        pc += 4;
        if (length != 0 && touch(to, length)) return written(pc - 4, pc, sp, fp, top, spent);
        break;
      }
      case Op.Prefixed + 0x0c: // table.init, its segment second
      case Op.Prefixed + 0x0e: { // table.copy
        const trap = copyEntries(load<usize>(pc, 4), load<usize>(pc, 8), load<u32>(sp - 16), load<u32>(sp - 8), <u32>top);
        if (trap != done) return trapped(trap, pc, sp, fp, top, spent);
        sp -= 24; top = load<u64>(sp);
        pc += 12; break;
      }
      case Op.Prefixed + 0x0d: // elem.drop
        store<u32>(load<usize>(pc, 4), 0, 4);
        pc += 8; break;
      case Op.Prefixed + 0x0f: { // table.grow
        const before = growTable(load<usize>(pc, 4), load<u32>(sp - 8), <u32>top);
        if (before == -2) return trapped(Trap.OutOfGas, pc, sp, fp, top, spent);
        sp -= 8; top = <u64><u32>before;
        pc += 8; break;
      }
      case Op.Prefixed + 0x10: // table.size
        store<u64>(sp, top);
        sp += 8; top = <u64>tableSize(load<usize>(pc, 4));
        pc += 8; break;
      case Op.Prefixed + 0x11: { // table.fill
        const trap = fillTable(load<usize>(pc, 4), load<u32>(sp - 16), load<u32>(sp - 8), <u32>top);
        if (trap != done) return trapped(trap, pc, sp, fp, top, spent);
        sp -= 24; top = load<u64>(sp);
        pc += 8; break;
      }
      // Groups of instructions that are run as one. The words of the later ones follow where they would be by themselves.
      case Op.LocalGetConstAdd: // local.get, i32.const, i32.add
        store<u64>(sp, top);
        sp += 8; top = word(load<u32>(fp + load<u32>(pc, 4)) + load<u32>(pc, 12));
        pc += 20; break;
      case Op.LocalGetConstSub:
        store<u64>(sp, top);
        sp += 8; top = word(load<u32>(fp + load<u32>(pc, 4)) - load<u32>(pc, 12));
        pc += 20; break;
      case Op.LocalGetConst:
        store<u64>(sp, top);
        store<u64>(sp, load<u64>(fp + load<u32>(pc, 4)), 8);
        sp += 16; top = <u64>load<u32>(pc, 12);
        pc += 16; break;
      case Op.LocalGetConst64:
        store<u64>(sp, top);
        store<u64>(sp, load<u64>(fp + load<u32>(pc, 4)), 8);
        sp += 16; top = load<u64>(pc, 12);
        pc += 20; break;
      case Op.LocalGetLocalGet:
        store<u64>(sp, top);
        store<u64>(sp, load<u64>(fp + load<u32>(pc, 4)), 8);
        sp += 16; top = load<u64>(fp + load<u32>(pc, 12));
        pc += 16; break;
      case Op.LocalGetLoad: {
        store<u64>(sp, top);
        sp += 8; top = load<u64>(fp + load<u32>(pc, 4));
        pc += 8;
        const at = <u64><u32>top + <u64>load<u32>(pc, 4);
        if (at + 4 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        top = <u64>load<u32>(memory + <usize>at);
        pc += 8; break;
      }
      case Op.LocalGetAdd: top = word(<u32>top + load<u32>(fp + load<u32>(pc, 4))); pc += 12; break;
      case Op.LocalGetXor: top = word(<u32>top ^ load<u32>(fp + load<u32>(pc, 4))); pc += 12; break;
      case Op.LocalSetLocalGet:
        store<u64>(fp + load<u32>(pc, 4), top);
        top = load<u64>(fp + load<u32>(pc, 12));
        pc += 16; break;
      case Op.LocalSetBranch:
        store<u64>(fp + load<u32>(pc, 4), top);
        sp -= 8; top = load<u64>(sp);
        pc = load<usize>(pc, 12); break;
      case Op.ConstAdd: top = word(<u32>top + load<u32>(pc, 4)); pc += 12; break;
      case Op.ConstSub: top = word(<u32>top - load<u32>(pc, 4)); pc += 12; break;
      case Op.ConstAnd: top = word(<u32>top & load<u32>(pc, 4)); pc += 12; break;
      case Op.ConstShl: top = word(<u32>top << load<u32>(pc, 4)); pc += 12; break;
      case Op.ConstShrU: top = word(<u32>top >> load<u32>(pc, 4)); pc += 12; break;
      case Op.AddLocalSet:
        store<u64>(fp + load<u32>(pc, 8), word(load<u32>(sp - 8) + <u32>top));
        sp -= 16; top = load<u64>(sp);
        pc += 12; break;
      case Op.AddLoad: {
        sp -= 8; top = word(load<u32>(sp) + <u32>top);
        pc += 4;
        const at = <u64><u32>top + <u64>load<u32>(pc, 4);
        if (at + 4 > size) return trapped(Trap.Memory, pc, sp, fp, top, spent);
        top = <u64>load<u32>(memory + <usize>at);
        pc += 8; break;
      }
      case Op.EqzIf: {
        const isTrue = <u32>top == 0;
        sp -= 8; top = load<u64>(sp);
        pc = isTrue ? pc + 12 : load<usize>(pc, 8);
        break;
      }
      case Op.EqzBranchIf: {
        const isTrue = <u32>top == 0;
        sp -= 8; top = load<u64>(sp);
        pc = isTrue ? load<usize>(pc, 8) : pc + 12;
        break;
      }
      case Op.LtUIf: {
        const isTrue = load<u32>(sp - 8) < <u32>top;
        sp -= 16; top = load<u64>(sp);
        pc = isTrue ? pc + 12 : load<usize>(pc, 8);
        break;
      }
      case Op.GeUIf: {
        const isTrue = load<u32>(sp - 8) >= <u32>top;
        sp -= 16; top = load<u64>(sp);
        pc = isTrue ? pc + 12 : load<usize>(pc, 8);
        break;
      }
      case Op.GeUBranchIf: {
        const isTrue = load<u32>(sp - 8) >= <u32>top;
        sp -= 16; top = load<u64>(sp);
        pc = isTrue ? load<usize>(pc, 8) : pc + 12;
        break;
      }
      case Op.Count: {
        const after = spent + <i64>load<u32>(pc, 4);
        if (after > limit) return leave(Status.NearLimit, pc, sp, fp, top, spent);
        spent = after;
        pc += 8; break;
      }
      case Op.Charge: {
        const after = spent + <i64>load<u32>(pc, 4);
        if (after > limit) return leave(Status.NearLimit, pc, sp, fp, top, spent);
        spent = after;
        store<i64>(Register.gas, load<i64>(Register.gas) - <i64>load<u32>(pc, 8));
        pc += 16; break;
      }
      case Op.ChargeAndCheck: {
        const after = spent + <i64>load<u32>(pc, 4);
        if (after > limit) return leave(Status.NearLimit, pc, sp, fp, top, spent);
        const gas = load<i64>(Register.gas) - <i64>load<u32>(pc, 8);
        if (gas < 0) return trapped(Trap.OutOfGas, pc, sp, fp, top, spent);
        spent = after;
        store<i64>(Register.gas, gas);
        pc += 16; break;
      }
      case Op.Enter: {
        const after = spent + <i64>load<u32>(pc, 4);
        if (after > limit) return leave(Status.NearLimit, pc, sp, fp, top, spent);
        const gas = load<i64>(Register.gas) - <i64>load<u32>(pc, 8);
        const stack = load<i32>(Register.stack) - load<i32>(pc, 16);
        if (gas < 0 || (stack < 0 && gas == 0)) return trapped(Trap.OutOfGas, pc, sp, fp, top, spent);
        if (stack < 0) return trapped(Trap.StackOverflow, pc, sp, fp, top, spent);
        spent = after;
        store<i64>(Register.gas, gas);
        store<i32>(Register.stack, stack);
        pc += 20; break;
      }
      case Op.Stop: return leave(Status.Stopped, pc, sp, fp, top, spent);
      default: {
        const breakpoint = load<usize>(Register.breakpoints) + (op - Op.Breakpoint) * breakpointBytes;
        if (hits(breakpoint, spent)) return leave(Status.Breakpoint, pc, sp, fp, top, spent);
        op = load<i32>(breakpoint);
        continue;
      }
    }
    op = load<i32>(pc);
  }
}

function leave(status: i32, pc: usize, sp: usize, fp: usize, top: u64, spent: i64): i32 {
  store<usize>(Register.pc, pc);
  store<usize>(Register.sp, sp);
  store<usize>(Register.fp, fp);
  store<i64>(Register.spent, spent);
  store<u64>(sp, top);
  return status;
}

function trapped(trap: i32, pc: usize, sp: usize, fp: usize, top: u64, spent: i64): i32 {
  store<i32>(Register.trap, trap);
  return leave(Status.Trap, pc, sp, fp, top, spent);
}

function written(writer: usize, pc: usize, sp: usize, fp: usize, top: u64, spent: i64): i32 {
  store<usize>(Register.writer, writer);
  return leave(Status.Written, pc, sp, fp, top, spent);
}

/** Counts a pass; whether it is one that stops. */
function hits(breakpoint: usize, spent: i64): bool {
  if (load<i32>(Register.depth) > load<i32>(breakpoint, 4)) return false;
  const count = load<u32>(breakpoint, 8) + 1;
  store<u32>(breakpoint, count, 8);
  store<i64>(breakpoint, spent, 16);
  const stopping = load<u32>(breakpoint, 12);
  return stopping == 0 || count == stopping;
}

/** Moves the uppermost operands, `kept` bytes of them, down over `dropped` bytes. Gives the place of the topmost. */
function keep(sp: usize, top: u64, dropped: usize, kept: usize): usize {
  store<u64>(sp, top);
  if (dropped != 0 && kept != 0) memory.copy(sp + 8 - kept - dropped, sp + 8 - kept, kept);
  return sp - dropped;
}

/** Puts the results where the caller has its operands. Gives the place of the topmost. */
function passResults(sp: usize, fp: usize, count: u32): usize {
  const bytes = <usize>count << 3;
  if (bytes != 0) memory.copy(fp, sp + 8 - bytes, bytes);
  return fp + bytes - 8;
}

/**
 * Puts a callee's frame in place of the caller's own. `sizes` is the address of the callee's bytes of parameters, and
 * those with locals. Gives the place of its topmost operand.
 */
function passOn(sp: usize, fp: usize, sizes: usize, record: usize, slots: i32): usize {
  const returnTo = load<u64>(record);
  const parameters = load<usize>(sizes);
  const next = fp + load<usize>(sizes, 4);
  memory.copy(fp, sp + 8 - parameters, parameters);
  for (let local = fp + parameters; local < next; local += 8) store<u64>(local, 0);
  store<u64>(next, returnTo);
  store<u64>(next, 0, 8);
  store<i32>(Register.stack, load<i32>(Register.stack) + slots);
  return next + 8;
}

/** The function in a table, by its address; a trap below zero. */
function calleeOf(index: u32, type: u32, table: usize): i32 {
  if (index >= tableSize(table)) return -Trap.UndefinedElement;
  const reference = load<u32>(entryAt(table, index));
  if (reference == 0) return -Trap.UninitializedElement;
  const callee = load<usize>(Register.functions) + (<usize>reference - 1) * functionBytes;
  return load<u32>(callee) == type ? <i32>callee : -Trap.TypeMismatch;
}

/** Counts a pass that the machine made in the interpreter's place; whether it is one that stops. */
export function passes(breakpoint: usize): bool {
  return hits(breakpoint, load<i64>(Register.spent));
}
