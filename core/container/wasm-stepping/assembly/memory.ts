// The guest's memory: what was written to it, and instructions on many bytes of it.
import { PageFlag, Register, Trap, pageBits } from '../operations';

/** What is done, as such instructions answer; others are traps. */
export const done: i32 = -1;

/** Whether gas is left when so much more is taken. */
@inline export function canPay(gas: u64): bool { return load<i64>(Register.gas) >= <i64>gas; }
@inline export function pay(gas: u64): void { store<i64>(Register.gas, load<i64>(Register.gas) - <i64>gas); }

/** Notes a write of at least one byte; whether something watched was written. */
export function touch(at: u64, length: u64): bool {
  const flags = load<usize>(Register.pageFlags);
  const last = <usize>((at + length - 1) >> pageBits);
  let isWatched = false;
  for (let page = <usize>(at >> pageBits); page <= last; page++) {
    const flag = load<u8>(flags + page);
    if (flag == 0) continue;
    store<u8>(flags + page, flag & PageFlag.watched);
    isWatched = isWatched || (flag & PageFlag.watched) != 0;
  }
  return isWatched && noteWatched(at, at + length);
}

function noteWatched(start: u64, end: u64): bool {
  const watches = load<usize>(Register.watches);
  for (let index = 0; index < load<i32>(Register.watchCount); index++) {
    const from = load<u64>(watches + (index << 4));
    const to = load<u64>(watches + (index << 4), 8);
    if (end <= from || to <= start) continue;
    store<u64>(Register.writtenAt, start);
    store<u64>(Register.writtenLength, end - start);
    return true;
  }
  return false;
}

/** Pages before; -1 when there may not be so many, -2 when they can't be paid. */
export function grow(pages: u32): i64 {
  const size = load<u64>(Register.memorySize);
  const before = size >> 16;
  const after = before + <u64>pages;
  if (after > <u64>load<u32>(Register.mostPages)) return -1;
  const cost = <u64>pages << 10;
  if (!canPay(cost)) return -2;
  const end = <u64>load<usize>(Register.memory) + (after << 16);
  const missing = <i64>((end + 0xffff) >> 16) - <i64>memory.size();
  if (missing > 0 && memory.grow(<i32>missing) < 0) return -1;
  pay(cost);
  const highest = load<u64>(Register.highest);
  const newSize = after << 16;
  if (size < highest) {
    const stale = min<u64>(highest, newSize) - size;
    memory.fill(load<usize>(Register.memory) + <usize>size, 0, <usize>stale);
  }
  if (newSize > highest) store<u64>(Register.highest, newSize);
  store<u64>(Register.memorySize, newSize);
  return <i64>before;
}

export function fillMemory(at: u64, value: u32, length: u64): i32 {
  if (at + length > load<u64>(Register.memorySize)) return Trap.Memory;
  if (!canPay(length >> 3)) return Trap.OutOfGas;
  pay(length >> 3);
  memory.fill(load<usize>(Register.memory) + <usize>at, <u8>value, <usize>length);
  return done;
}

export function copyMemory(to: u64, from: u64, length: u64): i32 {
  const size = load<u64>(Register.memorySize);
  if (to + length > size || from + length > size) return Trap.Memory;
  if (!canPay(length >> 3)) return Trap.OutOfGas;
  pay(length >> 3);
  const base = load<usize>(Register.memory);
  memory.copy(base + <usize>to, base + <usize>from, <usize>length);
  return done;
}

/** `segment` is the address of its descriptor: where its bytes are, and how many. */
export function initMemory(segment: usize, to: u64, from: u64, length: u64): i32 {
  if (to + length > load<u64>(Register.memorySize)) return Trap.Memory;
  if (from + length > <u64>load<u32>(segment, 4)) return Trap.Memory;
  if (!canPay(length >> 3)) return Trap.OutOfGas;
  pay(length >> 3);
  memory.copy(load<usize>(Register.memory) + <usize>to, load<usize>(segment) + <usize>from, <usize>length);
  return done;
}
