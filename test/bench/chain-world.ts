/** The chain in a world with its durable Merkle history: what the product is measured with. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import wabt from 'wabt';
import { encodeValue } from '../../core/base/value';
import { createWasmContainer } from '../../core/container/wasm/wasm-container';
import { type Address, parseAddress } from '../../core/environment/address';
import { defaultLimits } from '../../core/environment/limits';
import { type Branch, createBranch, openBranch } from '../../core/history/branch';
import { kernelImports } from '../../core/imports/kernel';
import { createSignal } from '../../core/kernel/control-signals';
import { openLmdbStorage } from '../../core/store/lmdb-storage';
import { type Chain, actorName, chainContract, messagesIn } from './chain';

export interface ChainWorld {
  readonly branch: Branch;
  /** Sends each actor its list and delivers all that follows, until it is on disk. Messages per second. */
  run(): number;
  /** Milliseconds to open the store and the branch again. */
  reopen(): number;
  /** Bytes on disk. */
  size(): number;
  /** Lets go of the store, so that another thread may open it, and gives its folder. Only `close` may follow. */
  release(): string;
  close(): void;
}

export async function buildChainContract(): Promise<Uint8Array> {
  const tools = await wabt();
  return new Uint8Array(
    tools.parseWat('chain.wat', chainContract, { bulk_memory: true }).toBinary({}).buffer,
  );
}

/** Each actor is a kernel. */
export function openChainWorld(chain: Chain, code: Uint8Array): ChainWorld {
  const folder = mkdtempSync(join(tmpdir(), 'kernelscope-bench-'));
  const open = () => {
    const storage = openLmdbStorage(folder);
    if (!storage.ok) throw new Error(storage.error.message);
    return { storage: storage.value, containers: [createWasmContainer()], imports: [kernelImports] };
  };
  let parts = open();
  const made = createBranch(parts, 'main', {
    limits: defaultLimits,
    seed: 0,
    answers: [],
    schedule: 'fifo',
  });
  if (!made.ok) throw new Error(made.error.message);
  let branch = made.value;
  const binding = { code: branch.addCode(code), codeName: 'chain.wat' };
  const addresses = chain.routes.map((_, actor) => addressOf(actor));
  for (const address of addresses) branch.signal(createSignal(address, binding, null));
  branch.run(Infinity);
  const lists = chain.routes.map((route) => encodeValue(route.map((actor) => addressOf(actor).slice(1))));

  let released = false;

  function letGo(): void {
    released = true;
    branch.dispose();
    parts.storage.close();
  }

  return {
    get branch() {
      return branch;
    },
    run() {
      const start = performance.now();
      addresses.forEach((to, actor) =>
        branch.signal({
          to,
          method: 'main',
          args: lists[actor] ?? encodeValue([]),
          replyTo: null,
          gas: null,
        }),
      );
      const delivered = branch.run(Infinity);
      const seconds = (performance.now() - start) / 1000;
      const last = branch.receipt(branch.length - 1);
      if (delivered !== messagesIn(chain) || last?.outcome.kind !== 'ok') {
        throw new Error(`the world delivered ${delivered} messages, the last one ${last?.outcome.kind}`);
      }
      return delivered / seconds;
    },
    reopen() {
      branch.dispose();
      parts.storage.close();
      const start = performance.now();
      parts = open();
      const opened = openBranch(parts, 'main');
      if (opened === undefined) throw new Error('the branch is gone');
      branch = opened;
      return performance.now() - start;
    },
    size: () =>
      readdirSync(folder).reduce((bytes, name) => bytes + statSync(join(folder, name)).blocks * 512, 0),
    release() {
      letGo();
      return folder;
    },
    close() {
      if (!released) letGo();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function addressOf(actor: number): Address {
  const address = parseAddress(`/${actorName(actor)}`);
  if (!address.ok) throw new Error(address.error.message);
  return address.value;
}
