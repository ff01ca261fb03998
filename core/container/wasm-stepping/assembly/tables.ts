// Tables: descriptors of where the entries are, how many, and how many there may be; an entry is a reference's bits.
import { Register, Trap } from '../operations';
import { canPay, done, pay } from './memory';

@inline export function tableSize(table: usize): u32 { return load<u32>(table, 4); }
@inline export function entryAt(table: usize, index: u32): usize { return load<usize>(table) + (<usize>index << 2); }

@inline function changed(): void { store<u32>(Register.tableChanges, load<u32>(Register.tableChanges) + 1); }

export function setEntry(table: usize, index: u32, reference: u32): void {
  store<u32>(entryAt(table, index), reference);
  changed();
}

/** Entries before; -1 when there may not be so many, -2 when they can't be paid. */
export function growTable(table: usize, reference: u32, more: u32): i64 {
  const size = tableSize(table);
  if (<u64>size + <u64>more > <u64>load<u32>(table, 8)) return -1;
  if (!canPay(<u64>more << 3)) return -2;
  pay(<u64>more << 3);
  store<u32>(table, size + more, 4);
  for (let index = size; index < size + more; index++) store<u32>(entryAt(table, index), reference);
  changed();
  return <i64>size;
}

export function fillTable(table: usize, at: u32, reference: u32, length: u32): i32 {
  if (<u64>at + <u64>length > <u64>tableSize(table)) return Trap.Table;
  if (!canPay(<u64>length << 3)) return Trap.OutOfGas;
  pay(<u64>length << 3);
  for (let index = at; index < at + length; index++) store<u32>(entryAt(table, index), reference);
  changed();
  return done;
}

/** An element segment is described as a table is. */
export function copyEntries(target: usize, source: usize, to: u32, from: u32, length: u32): i32 {
  if (<u64>to + <u64>length > <u64>tableSize(target)) return Trap.Table;
  if (<u64>from + <u64>length > <u64>tableSize(source)) return Trap.Table;
  if (!canPay(<u64>length << 3)) return Trap.OutOfGas;
  pay(<u64>length << 3);
  memory.copy(entryAt(target, to), entryAt(source, from), <usize>length << 2);
  changed();
  return done;
}
