/** The VM kind `wasm`: the engine's own compiled code, metered by rewriting it. */
import { ok } from '../../base/result';
import type { LoadedCode, VmContainer } from '../container';
import { misfitToResult } from '../misfit';
import { isWasm } from '../../wasm/module';
import { type WasmCode, prepareCode } from './code';
import { type MeteredInstance, createInstance } from './instance';
import { runInstance } from './run';

/**
 * Instances that wait for their next run, over all code. Each holds on to gigabytes of address space, of which a
 * process has only so much.
 */
const mostIdle = 32;
/** What their memories may hold together. */
const mostIdleBytes = 2 ** 29;

/** Keeps instances and gives them fresh to later runs, as if each had a new one. */
export function createWasmContainer(): VmContainer {
  const idleByCode = new Map<WasmCode, MeteredInstance>();
  let idleBytes = 0;
  /** What ran last stands ready beside the others, for it is often what runs next. */
  let latestCode: WasmCode | null = null;
  let latest: MeteredInstance | null = null;

  function take(code: WasmCode): MeteredInstance | undefined {
    if (latest !== null && latestCode === code) {
      const taken = latest;
      latest = null;
      return taken;
    }
    return takeShelved(code);
  }

  function takeShelved(code: WasmCode): MeteredInstance | undefined {
    const instance = idleByCode.get(code);
    if (instance === undefined) return undefined;
    idleByCode.delete(code);
    idleBytes -= instance.memory().length;
    return instance;
  }

  function keep(code: WasmCode, instance: MeteredInstance): void {
    if (latestCode !== null && latest !== null) shelve(latestCode, latest);
    latestCode = code;
    latest = instance;
  }

  function shelve(code: WasmCode, instance: MeteredInstance): void {
    idleByCode.set(code, instance);
    idleBytes += instance.memory().length;
    while (idleByCode.size > mostIdle || idleBytes > mostIdleBytes) {
      const [leastUsed] = idleByCode.keys();
      if (leastUsed === undefined) return;
      takeShelved(leastUsed);
    }
  }

  const createLoadedCode = (code: WasmCode): LoadedCode => ({
    run(entry, environment, observer) {
      if (code.misfit !== null) return misfitToResult(code.misfit);
      const instance = take(code) ?? createInstance(code, environment);
      const result = runInstance(instance, code, { entry, environment, observer });
      if (!instance.isAltered()) keep(code, instance);
      return result;
    },
    dispose: () => void take(code),
  });

  return {
    kind: 'wasm',
    accepts: isWasm,
    load(bytes, sets, limits) {
      const code = prepareCode(bytes, sets, limits);
      return code.ok ? ok(createLoadedCode(code.value)) : code;
    },
  };
}
