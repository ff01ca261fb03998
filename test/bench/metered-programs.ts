/** Programs whose run time is compared with and without gas counted. Each exports `run(n)`, and is compiled once. */
import asc from 'assemblyscript/asc';
import wabt from 'wabt';

export interface MeteredProgram {
  readonly name: string;
  readonly code: Uint8Array;
  /** So much that a run takes some milliseconds. */
  readonly argument: number;
}

export async function buildPrograms(): Promise<readonly MeteredProgram[]> {
  return [
    { name: 'sha256', code: await compileScript(sha256), argument: 4000 },
    { name: 'fib', code: await compileText(fib), argument: 30 },
    { name: 'a tight loop', code: await compileText(tightLoop), argument: 10_000_000 },
  ];
}

/** More of them for what interprets code: other kinds of instructions, and calls. */
export async function buildSteppedPrograms(): Promise<readonly MeteredProgram[]> {
  return [
    { name: '64-bit integers', code: await compileScript(mix64), argument: 1_000_000 },
    { name: 'a hash map', code: await compileScript(hashMap), argument: 100_000 },
  ];
}

/** A message whose run is stepped through. */
export interface SteppedMessage extends MeteredProgram {
  /** Instructions that it takes, about. */
  readonly size: number;
  /** Whether it only informs. */
  readonly withoutGoal?: true;
  /** Functions to go back to calls of. */
  readonly places: readonly (readonly [what: string, name: string])[];
}

export async function buildSteppedMessages(): Promise<readonly SteppedMessage[]> {
  const code = await compileScript(hashMap);
  const places = [
    ['a breakpoint hit all the time', '#0'],
    ['one hit at the beginning alone', '#1'],
    ['one that is never hit', '#2'],
  ] as const;
  return [
    { name: '10^7 instructions', code, argument: 81_000, size: 10_000_000, places: [] },
    { name: '10^9 instructions', code, argument: 8_100_000, size: 1_000_000_000, places: [] },
    {
      name: '10^7 instructions of calls',
      code: await compileText(calls),
      argument: 28,
      size: 10_000_000,
      places,
    },
    {
      name: '10^7 instructions, 1 of 64 MiB in use',
      code: await compileText(largeMemory('0xffffc')),
      argument: 715_000,
      size: 10_000_000,
      places: [],
    },
    {
      name: '10^7 instructions, all of 64 MiB in use',
      code: await compileText(largeMemory('0x3fffffc')),
      argument: 715_000,
      size: 10_000_000,
      places: [],
      withoutGoal: true,
    },
  ];
}

async function compileText(text: string): Promise<Uint8Array> {
  const tools = await wabt();
  return new Uint8Array(tools.parseWat('program.wat', text, {}).toBinary({}).buffer);
}

async function compileScript(source: string): Promise<Uint8Array> {
  let binary = new Uint8Array();
  const { error } = await asc.main(
    ['program.ts', '-O3', '--runtime', 'stub', '--use', 'abort=', ...firstVersion, '-o', 'program.wasm'],
    {
      readFile: (name) => (name === 'program.ts' ? source : null),
      writeFile: (_name, contents) => void (binary = new Uint8Array(contents as Uint8Array)),
      listFiles: () => [],
      stderr: process.stderr,
    },
  );
  if (error) throw error;
  return binary;
}

/** A peer reads the first version of wasm alone. */
const firstVersion = ['bulk-memory', 'sign-extension', 'nontrapping-f2i'].flatMap((feature) => [
  '--disable',
  feature,
]);

/** Hashes a block of its own digest, `n` times. */
const sha256 = `
const K: StaticArray<u32> = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];
const H: StaticArray<u32> = new StaticArray<u32>(8);
const W: StaticArray<u32> = new StaticArray<u32>(64);

function small0(x: u32): u32 { return rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3); }
function small1(x: u32): u32 { return rotr(x, 17) ^ rotr(x, 19) ^ (x >>> 10); }
function big0(x: u32): u32 { return rotr(x, 2) ^ rotr(x, 13) ^ rotr(x, 22); }
function big1(x: u32): u32 { return rotr(x, 6) ^ rotr(x, 11) ^ rotr(x, 25); }

function compress(): void {
  for (let i = 16; i < 64; i++) {
    unchecked(W[i] = W[i - 16] + small0(W[i - 15]) + W[i - 7] + small1(W[i - 2]));
  }
  let a = unchecked(H[0]), b = unchecked(H[1]), c = unchecked(H[2]), d = unchecked(H[3]);
  let e = unchecked(H[4]), f = unchecked(H[5]), g = unchecked(H[6]), h = unchecked(H[7]);
  for (let i = 0; i < 64; i++) {
    const t1 = h + big1(e) + ((e & f) ^ (~e & g)) + unchecked(K[i] + W[i]);
    const t2 = big0(a) + ((a & b) ^ (a & c) ^ (b & c));
    h = g; g = f; f = e; e = d + t1; d = c; c = b; b = a; a = t1 + t2;
  }
  unchecked(H[0] += a); unchecked(H[1] += b); unchecked(H[2] += c); unchecked(H[3] += d);
  unchecked(H[4] += e); unchecked(H[5] += f); unchecked(H[6] += g); unchecked(H[7] += h);
}

export function run(n: i32): i32 {
  for (let i = 0; i < 8; i++) unchecked(H[i] = 0x6a09e667 + i);
  for (let round = 0; round < n; round++) {
    for (let i = 0; i < 16; i++) unchecked(W[i] = H[i & 7] + round);
    compress();
  }
  return unchecked(H[0]);
}
`;

const fib = `(module
  (func $fib (export "run") (param $n i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else
        (i32.add
          (call $fib (i32.sub (local.get $n) (i32.const 1)))
          (call $fib (i32.sub (local.get $n) (i32.const 2))))))))`;

const tightLoop = `(module
  (func (export "run") (param $n i32) (result i32) (local $i i32) (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $sum (i32.add (local.get $sum) (i32.xor (local.get $i) (local.get $sum))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (local.get $sum)))`;

/** Multiplies, rotates and stores numbers of 64 bits. */
const mix64 = `
const S: StaticArray<u64> = new StaticArray<u64>(256);

export function run(n: i32): i32 {
  let a: u64 = 0x9e3779b97f4a7c15, b: u64 = 0xbf58476d1ce4e5b9;
  for (let i = 0; i < n; i++) {
    a = (a ^ (a >> 30)) * 0x94d049bb133111eb + <u64>i;
    b = rotl(b + a, 27) ^ unchecked(S[<i32>(a & 255)]);
    unchecked(S[<i32>(b & 255)] = a);
  }
  return <i32>(a ^ b);
}
`;

/** Fills 64 MiB once, then writes all over a part of them: every page of that changes all the time. */
const largeMemory = (mask: string): string => `(module (memory 1024)
  (func (export "run") (param $n i32) (result i32) (local $i i32)
    (memory.fill (i32.const 0) (i32.const 7) (i32.const 0x4000000))
    (loop $next
      (i32.store (i32.and (i32.mul (local.get $i) (i32.const 2654435761)) (i32.const ${mask})) (local.get $i))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (i32.load (i32.const 4096))))`;

/** Has functions that are called all the time, once, and never. */
const calls = `(module
  (func $fib (param $n i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else
        (i32.add
          (call $fib (i32.sub (local.get $n) (i32.const 1)))
          (call $fib (i32.sub (local.get $n) (i32.const 2)))))))
  (func (export "run") (param $n i32) (result i32) (call $fib (local.get $n)))
  (func (export "idle")))`;

/** Transfers between accounts that are found by open addressing, each step of it a call. */
const hashMap = `
const size = 4096;
const keys: StaticArray<u32> = new StaticArray<u32>(size);
const balances: StaticArray<i64> = new StaticArray<i64>(size);

// @ts-ignore: decorator
@noinline
function slotOf(key: u32): u32 {
  let slot = (key * 0x9e3779b1) >> 20;
  while (unchecked(keys[slot]) != key && unchecked(keys[slot]) != 0) slot = (slot + 1) & (size - 1);
  unchecked(keys[slot] = key);
  return slot;
}

// @ts-ignore: decorator
@noinline
function transfer(from: u32, to: u32, amount: i64): bool {
  const source = slotOf(from), target = slotOf(to);
  if (unchecked(balances[source]) < amount - 1000) return false;
  unchecked(balances[source] -= amount);
  unchecked(balances[target] += amount);
  return true;
}

export function run(n: i32): i32 {
  let state: u32 = 12345, done = 0;
  for (let i = 0; i < n; i++) {
    state = state * 1664525 + 1013904223;
    if (transfer(1 + (state >> 22), 1 + ((state >> 12) & 1023), <i64>(state & 63))) done++;
  }
  return done;
}
`;
