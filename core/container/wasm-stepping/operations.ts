/**
 * What translated code is made of. The interpreter, which is AssemblyScript, and what translates for it read this one
 * file. An operation is a word of 32 bits and its immediates, a word each. Instructions of one byte that are not named
 * here have their own opcode as their word, those after the prefix 0xfc their number above `Op.Prefixed`; what takes an
 * immediate in wasm takes it here, resolved: a local as its distance from the frame in bytes, a global, a table, a
 * segment as its address, a branch as the address it leads to.
 */
export enum Op {
  Unreachable = 0x00,
  Nop = 0x01,
  /** Where it goes on when the operand is zero. */
  If = 0x04,
  /** Target. */
  Branch = 0x0c,
  BranchIf = 0x0d,
  /** Count; then for each label, the default last: target, values kept, bytes between them and where they go. */
  BranchTable = 0x0e,
  /** A return as an instruction. Bytes of parameters and locals, slots to give back, results. */
  Return = 0x0f,
  /** Entry, bytes of parameters, bytes of parameters and locals. */
  Call = 0x10,
  /** Type, table. */
  CallIndirect = 0x11,
  /** As `Call`; then bytes of own parameters and locals, own slots. */
  ReturnCall = 0x12,
  /** Type, table, bytes of own parameters and locals, own slots. */
  ReturnCallIndirect = 0x13,
  Drop = 0x1a,
  Select = 0x1b,
  LocalGet = 0x20,
  LocalSet = 0x21,
  LocalTee = 0x22,
  GlobalGet = 0x23,
  GlobalSet = 0x24,
  TableGet = 0x25,
  TableSet = 0x26,
  /** Branches that let operands fall: target, bytes to drop; with none, one or several values kept. */
  BranchDropping = 0x14,
  BranchKeepingOne = 0x15,
  /** Target, bytes to drop, bytes to keep. */
  BranchKeeping = 0x16,
  BranchIfDropping = 0x17,
  BranchIfKeepingOne = 0x18,
  BranchIfKeeping = 0x19,
  /** Index of an imported function. The machine calls it. */
  CallImport = 0x1d,
  /** The same in place of a return, which follows it. */
  ReturnCallImport = 0x1e,
  RefNull = 0xd0,
  RefIsNull = 0xd1,
  RefFunc = 0xd2,
  /** What the number after the prefix 0xfc is added to. */
  Prefixed = 0xd8,
  // The rest belongs to no instruction, and is not counted.
  /** Instructions that follow in a straight line, until one that may lead elsewhere. */
  Count = 0xf0,
  /** As `Count`; then gas that they cost, and the offset in the module of the first. */
  Charge = 0xf1,
  /** As `Charge`; ends a run that is out of gas. */
  ChargeAndCheck = 0xf2,
  /** As `ChargeAndCheck`; then slots of stack. Stands at the start of each function. */
  Enter = 0xf3,
  /** Target. */
  Jump = 0xf4,
  /** The end of a function: as `Return`. */
  End = 0xf5,
  /** Stops before what stood in its place. */
  Stop = 0xf6,
  // Instructions that follow each other, run as one; each has its own word and immediates in its place.
  LocalGetConstAdd = 0x100,
  LocalGetConstSub = 0x101,
  LocalGetConst = 0x102,
  LocalGetConst64 = 0x103,
  LocalGetLocalGet = 0x104,
  LocalGetLoad = 0x105,
  LocalGetAdd = 0x106,
  LocalGetXor = 0x107,
  LocalSetLocalGet = 0x108,
  LocalSetBranch = 0x109,
  ConstAdd = 0x10a,
  ConstSub = 0x10b,
  ConstAnd = 0x10c,
  ConstShl = 0x10d,
  ConstShrU = 0x10e,
  AddLocalSet = 0x10f,
  AddLoad = 0x110,
  EqzIf = 0x111,
  EqzBranchIf = 0x112,
  LtUIf = 0x113,
  GeUIf = 0x114,
  GeUBranchIf = 0x115,
  /** From here on, a word is that of a breakpoint: this and its place in the list of breakpoints. */
  Breakpoint = 0x200,
}

/** Why the interpreter returned. */
export enum Status {
  /** At the end of the entry, its results on top of the stack. */
  Done = 0,
  /** The count of the next straight line goes beyond the limit. It has not begun. */
  NearLimit = 1,
  Stopped = 2,
  /** At a breakpoint whose hit stops. */
  Breakpoint = 3,
  /** At a call of an import, for the machine to carry out. */
  Import = 4,
  /** After a return to a depth that was asked for. */
  Depth = 5,
  /** After a write to memory that is watched. */
  Written = 6,
  /** At an instruction that can't be executed, nothing of it done; why is in `Register.trap`. */
  Trap = 7,
}

export enum Trap {
  Unreachable = 0,
  DivideByZero = 1,
  Overflow = 2,
  InvalidConversion = 3,
  Memory = 4,
  Table = 5,
  UndefinedElement = 6,
  UninitializedElement = 7,
  TypeMismatch = 8,
  OutOfGas = 9,
  StackOverflow = 10,
}

/** Addresses of what the interpreter and the machine tell each other. Words of 32 bits where nothing is said. */
export enum Register {
  // What is asked of the interpreter, and where things are: not part of a moment of the run.
  /** 64 bits: the most instructions, by `spent`. */
  limit = 8,
  /** A return to this depth or less stops. Signed. */
  stopDepth = 16,
  breakpoints = 20,
  functions = 24,
  /** Where the guest's memory begins, a byte for each 4 KiB of it, and its bounds in pages of 64 KiB. */
  memory = 28,
  pageFlags = 32,
  mostPages = 36,
  /** The guest's memory was never larger, in bytes (64 bits): above it, all is zero. */
  highest = 40,
  /** How many ranges are watched, and where their list is: first address and the one after the last. */
  watchCount = 48,
  watches = 52,
  /** Of the instruction that wrote what is watched, and what it wrote: address (64 bits), length (64 bits). */
  writer = 56,
  writtenAt = 64,
  writtenLength = 72,
  trap = 80,
  /** No frame below this address was on since the last snapshot. */
  lowestFrame = 84,
  /** Counts the changes of tables. */
  tableChanges = 88,

  // The moment of the run, which a snapshot keeps.
  /** The operation that is next. */
  pc = 128,
  /** The topmost operand; without one, an empty slot before the first. */
  sp = 132,
  /** The frame: its first parameter. */
  fp = 136,
  depth = 140,
  /** 64 bits: instructions of all straight lines that were begun. */
  spent = 144,
  /** 64 bits, and negative when more was taken than there was. */
  gas = 152,
  /** Slots of stack that are left. Signed. */
  stack = 160,
  /** Of the guest's memory, in bytes; 64 bits. */
  memorySize = 168,
  /** Which of the calls from outside is on. */
  phase = 176,
  /** Globals and descriptors follow. */
  end = 192,
}

/** A byte for each 4 KiB of the guest's memory: 0 when it was written since the last snapshot and isn't watched. */
export enum PageFlag {
  clean = 1,
  watched = 2,
}

export const pageBits = 12;

/** Bytes that a call puts between locals and operands: where to return to and the caller's frame; an empty slot. */
export const recordBytes = 16;

/** A function as an indirect call finds it: type, entry (0 of an import), bytes of parameters, and with locals. */
export const functionBytes = 16;

/** A breakpoint: operation it stands for, greatest depth, hits, hit that stops; then `spent` at its last hit. */
export const breakpointBytes = 24;
