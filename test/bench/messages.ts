/** Messages per second: a world with its durable Merkle history, its peer, and loops that keep nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import wabt from 'wabt';
import { encodeValue } from '../../core/base/value';
import { createWasmContainer } from '../../core/container/wasm/wasm-container';
import { type Address, parseAddress } from '../../core/environment/address';
import { defaultLimits } from '../../core/environment/limits';
import { createBranch } from '../../core/history/branch';
import { kernelImports } from '../../core/imports/kernel';
import { createSignal } from '../../core/kernel/control-signals';
import { openLmdbStorage } from '../../core/store/lmdb-storage';
import { runFreshInstances, runPooledInstance } from './bare-loops';
import { type Chain, actorName, chainContract, createChain, messagesIn } from './chain';
import { runPrimea } from './primea';
import { type Row, median } from './row';

export async function messageRows(runs: number): Promise<readonly Row[]> {
  const short = createChain(1000, 10);
  const long = createChain(10_000, 10);
  const code = await buildChainContract();

  const ours: number[] = [];
  const primea: number[] = [];
  const fresh: number[] = [];
  const pooled: number[] = [];
  const oursLong: number[] = [];
  const primeaLong: number[] = [];
  for (let run = 0; run < runs; run++) {
    ours.push(runWorld(short, code));
    primea.push(await runPrimea(short));
    fresh.push(await runFreshInstances(short));
    pooled.push(await runPooledInstance(short));
    oursLong.push(runWorld(long, code));
    primeaLong.push(await runPrimea(long));
  }

  const row = (
    promise: string,
    ours: readonly number[],
    peer: readonly [string, readonly number[], number],
  ): Row => ({
    promise,
    ours: median(ours),
    unit: 'messages/s',
    peer: { name: peer[0], theirs: median(peer[1]) },
    goal: { atLeast: peer[2] },
  });
  return [
    row('1,000 kernels x depth 10', ours, ['primea-hypervisor 0.9.3', primea, 4]),
    row('10,000 kernels x depth 10', oursLong, ['primea-hypervisor 0.9.3', primeaLong, 10]),
    row('the same, storing nothing', ours, ['a fresh instance for each message', fresh, 6]),
    row('the same, storing nothing', ours, ['one instance, page overwritten, one hash', pooled, 0.7]),
  ];
}

async function buildChainContract(): Promise<Uint8Array> {
  const tools = await wabt();
  return new Uint8Array(
    tools.parseWat('chain.wat', chainContract, { bulk_memory: true }).toBinary({}).buffer,
  );
}

/** Every message gets a receipt, and all of it is on disk with its Merkle root when the clock stops. */
function runWorld(chain: Chain, code: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'kernelscope-bench-'));
  const storage = openLmdbStorage(folder);
  if (!storage.ok) throw new Error(storage.error.message);
  try {
    const parts = { storage: storage.value, container: createWasmContainer(), imports: [kernelImports] };
    const made = createBranch(parts, 'main', {
      limits: defaultLimits,
      seed: 0,
      answers: [],
      schedule: 'fifo',
    });
    if (!made.ok) throw new Error(made.error.message);
    const branch = made.value;
    const binding = { code: branch.addCode(code), codeName: 'chain.wat' };
    const addresses = chain.routes.map((_, actor) => addressOf(actor));
    for (const address of addresses) branch.signal(createSignal(address, binding, null));
    branch.run(Infinity);
    const lists = chain.routes.map((route) => encodeValue(route.map((actor) => addressOf(actor).slice(1))));

    const start = performance.now();
    addresses.forEach((to, actor) =>
      branch.signal({ to, method: 'main', args: lists[actor] ?? encodeValue([]), replyTo: null, gas: null }),
    );
    const delivered = branch.run(Infinity);
    const seconds = (performance.now() - start) / 1000;

    const last = branch.receipt(branch.length - 1);
    if (delivered !== messagesIn(chain) || last?.outcome.kind !== 'ok') {
      throw new Error(`the world delivered ${delivered} messages, the last one ${last?.outcome.kind}`);
    }
    branch.dispose();
    return delivered / seconds;
  } finally {
    storage.value.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function addressOf(actor: number): Address {
  const address = parseAddress(`/${actorName(actor)}`);
  if (!address.ok) throw new Error(address.error.message);
  return address.value;
}
