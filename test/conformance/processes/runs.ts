/** The program of one process: runs everything in a folder and prints what came of it, for another to come to the same. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assert, ok } from '../../../core/base/result';
import { type Value, encodeValue } from '../../../core/base/value';
import type { VmContainer } from '../../../core/container/container';
import { createWasmContainer } from '../../../core/container/wasm/wasm-container';
import { describeCode } from '../../../core/contracts/describe';
import { type Address, rootAddress } from '../../../core/environment/address';
import { defaultLimits } from '../../../core/environment/limits';
import { outcomeToText } from '../../../core/environment/outcome';
import { type Branch, createBranch } from '../../../core/history/branch';
import { allImports } from '../../../core/imports/all';
import { createSignal, installSignal } from '../../../core/kernel/control-signals';
import { createMemoryStorage } from '../../../core/store/memory-storage';
import { bytesFromSeed } from '../random';
import { type LoadedSubject, subjects } from '../subjects';

const [, , folder = '', manner = ''] = process.argv;

for (const file of readdirSync(folder).toSorted()) {
  if (file.startsWith('floats')) showFloats(file);
  if (file.startsWith('generated')) showFunctions(file);
}
for (let seed = 0; seed < 6; seed++) showMessages(seed);

function show(...parts: readonly (string | number)[]): void {
  process.stdout.write(`${parts.join(' ')}\n`);
}

function read(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(folder, file)));
}

/** Where the process can, its garbage goes now and then, so that buffers are let go of and had again. */
function collectGarbage(): void {
  const { gc } = globalThis as { readonly gc?: () => void };
  gc?.();
}

/** Often enough that code is compiled anew on the way, where the process may do that. */
function showFloats(file: string): void {
  for (const { kind, load } of subjects) {
    const loaded = load(read(file));
    assert(loaded.ok, `${file} is taken`);
    for (const name of exportsOf(file)) {
      const first = runOnce(loaded.value, name);
      for (let again = kind === 'wasm' ? 100 : 0; again > 0; again--) {
        assert(runOnce(loaded.value, name) === first, `${file} ${name} gives the same in one process`);
      }
      // Both containers print under one name: they have to agree, too.
      show(file, name, first);
    }
  }
}

function showFunctions(file: string): void {
  for (const { load } of subjects) {
    const loaded = load(read(file));
    assert(loaded.ok, `${file} is taken`);
    for (const name of exportsOf(file).slice(0, 20)) show(file, name, runOnce(loaded.value, name));
    collectGarbage();
  }
}

function exportsOf(file: string): string[] {
  const described = describeCode(read(file));
  assert(described.ok, `${file} is described`);
  return described.value.shape.exports.flatMap(({ name, type }) => (type?.params.length === 0 ? [name] : []));
}

function runOnce(subject: LoadedSubject, name: string): string {
  const { outcome, gasUsed, returned } = subject.run({ name, args: [] }, 1_000_000);
  const globals = [...subject.globals()].map(([index, value]) => `${index}=${bitsOf(value)}`).join(',');
  const tables = subject.tables().map((entries) => entries.map((entry) => (entry === null ? 0 : 1)).join(''));
  const left = createHash('sha256').update(subject.memory()).update(globals).update(tables.join('/'));
  return `${outcomeToText(outcome)} gas ${gasUsed} returned ${bitsOf(returned)} left ${left.digest('hex').slice(0, 20)}`;
}

/** A number by its bits, so that no NaN equals another. */
function bitsOf(value: unknown): string {
  if (typeof value !== 'number') return typeof value === 'function' ? 'function' : String(value);
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  return bytes.getBigUint64(0).toString(16);
}

/** The same contracts, the same signals in the same order: a history has to have the same roots. */
function showMessages(seed: number): void {
  const parts = { storage: createMemoryStorage(), containers: [containerOf()], imports: allImports };
  const branch = createBranch(parts, 'main', {
    limits: defaultLimits,
    seed,
    schedule: seed % 2 === 0 ? 'fifo' : { seed },
    answers: [],
  });
  assert(branch.ok, 'a new store has no branch');
  const contracts = readdirSync(folder)
    .filter((file) => file.startsWith('contract'))
    .toSorted();
  const kernels = contracts.flatMap((file) => createKernels(branch.value, file));
  const random = bytesFromSeed(seed, 4096);
  let at = 0;
  const draw = (below: number): number => (random[at++ % random.length] ?? 0) % below;
  for (let sent = 0; sent < 150; sent++) {
    const kernel = kernels[draw(kernels.length)];
    assert(kernel !== undefined, 'there are kernels');
    const method = kernel.methods[draw(kernel.methods.length)];
    if (method === undefined) continue;
    const args = method.params.map(({ type }) => valueOf(type, draw));
    branch.value.signal({
      to: kernel.address,
      method: method.name,
      args: encodeValue(args),
      replyTo: null,
      gas: null,
    });
    branch.value.run(1 + draw(5));
    if (sent % 20 === 0) collectGarbage();
  }
  while (branch.value.pending > 0) branch.value.run(1000);
  for (const { message, outcome, gasUsed } of branch.value.receipts(0, branch.value.length)) {
    show('message', seed, message.to, message.method, outcomeToText(outcome), 'gas', gasUsed);
  }
  show('root', seed, Buffer.from(branch.value.root()).toString('hex'));
}

function createKernels(branch: Branch, file: string) {
  const described = describeCode(read(file));
  assert(described.ok, `${file} is described`);
  const code = branch.addCode(read(file));
  const name = file.replace(/^contract-|\.wasm$/g, '');
  branch.signal(installSignal(`contracts/${name}`, code));
  const addresses = [`/${name}`, `/bank/${name}-1`, `/bank/${name}-2`] as Address[];
  for (const address of addresses) branch.signal(createSignal(address, { code, codeName: name }, null));
  branch.run(10);
  return [...addresses, rootAddress].map((address) => ({
    address,
    methods: described.value.contract.methods,
  }));
}

function valueOf(type: string, draw: (below: number) => number): Value {
  if (type === 'string') return ['account-1', 'account-2', 'audit-1', '', 'é\u0000'][draw(5)] ?? '';
  if (type === 'bool') return draw(2) === 1;
  if (type === 'list<u8>') return bytesFromSeed(draw(256), draw(40));
  if (type.startsWith('f')) return [0.5, -1e300, 3][draw(3)] ?? 0;
  const [, kind, bits = '32'] = /^([us])(\d+)$/.exec(type) ?? [];
  if (kind === undefined) return null;
  return (
    [0, 1, draw(100), kind === 's' ? -1 : 7, kind === 's' ? -draw(9) : 2n ** BigInt(bits) - 1n][draw(5)] ?? 0
  );
}

/** Either the one that keeps instances, or one that lets go of each after its run. */
function containerOf(): VmContainer {
  const container = createWasmContainer();
  if (manner !== 'fresh') return container;
  return {
    ...container,
    load(bytes, imports, limits) {
      const loaded = container.load(bytes, imports, limits);
      if (!loaded.ok) return loaded;
      const { run, dispose } = loaded.value;
      return ok({
        run(entry, environment, observer) {
          const result = run(entry, environment, observer);
          dispose();
          return result;
        },
        dispose,
      });
    },
  };
}
