/**
 * Scripts in QuickJS. The modules of a script run once, when it is loaded, and what the memory is then is what every run
 * begins with. So each run sees a world as new, and takes gas for what it does itself.
 */
import { type Result, assert, err, ok } from '../base/result';
import { largestGas, largestStack } from '../wasm/metering/meter';
import {
  type Cut,
  type ScriptContext,
  attempt,
  callFunction,
  evaluateModule,
  placesNow,
  runJobs,
} from './evaluate';
import { exchangeCall } from './exchange';
import { libraries } from './libraries';
import type { Image, Meter, Pointer, QuickJs } from './quickjs';
import { quickJsPool } from './quickjs-pool';
import { resolveModule } from './resolve-module';
import { CalledWhileLoading, type ScriptError, absentModule, cutToError } from './script-error';
import type { ScriptPlace } from './script-place';

/** What scripts of one kind have in common. */
export interface Sandbox {
  load(source: ScriptSource): Result<Script, ScriptError>;
}

export interface ScriptSource {
  /** The text of a module whose default export is the function that each run calls with a text. */
  readonly main: string;
  /** The text of the script's own modules, by their paths. */
  readonly read: (path: string) => string | null;
  /** What each run may use; and loading it, but for the gas. */
  readonly limits: Omit<Meter, 'gas'>;
}

export interface Script {
  /**
   * Calls the script's function, and then what its promises wait for. When it returns 1, it is called once more with an
   * empty text. Never throws for anything that the script does.
   */
  run(argument: string, gas: number, call: HostCall): ScriptRun;
}

/** How a function of the host is called. What it throws ends the run. */
export type HostCall = (exchange: number, instance: ScriptInstance) => void;

/** A script that is running, as functions of the host see it. */
export interface ScriptInstance {
  /** As it is now; good until the script goes on. */
  memory(): Uint8Array;
  gasLeft(): number;
  /** Takes gas; `false` when there was not enough. */
  charge(gas: number): boolean;
  /** The calls that are on, innermost first. Slow. */
  places(): readonly ScriptPlace[];
}

export interface ScriptRun {
  /** `null` when it came to its end. */
  readonly cut: Cut | null;
  readonly gasLeft: number;
}

/** `modules` are those that scripts may import beside their own, by their names. */
export function createSandbox(modules: ReadonlyMap<string, string>): Sandbox {
  const library = (name: string): string | null => modules.get(name) ?? libraries.get(name) ?? null;
  let base: Base | null = null;
  return {
    load: (source) =>
      quickJsPool.use((quickjs) => {
        base ??= createBase(quickjs, library);
        const begun = base;
        const loaded = loadScript(quickjs, { base: begun, library }, source);
        if (!loaded.ok) return loaded;
        return ok({
          run: (argument, gas, call) =>
            quickJsPool.use((instance) =>
              runScript(instance, begun, {
                ...loaded.value,
                argument,
                meter: { ...source.limits, gas },
                call,
              }),
            ),
        });
      }),
  };
}

/** What every script begins with: a context that has met the host. */
interface Base extends ScriptContext {
  readonly image: Image;
}

function createBase(quickjs: QuickJs, library: (name: string) => string | null): Base {
  const hooks = { resolve: (specifier: string) => specifier, source: library, call: () => 0 };
  quickjs.begin(quickjs.fresh, { gas: largestGas, stack: largestStack, memory: libraryMemory }, hooks);
  quickjs.initialise();
  const runtime = quickjs.call('QTS_NewRuntime');
  quickjs.call('QTS_RuntimeEnableModuleLoader', runtime, 1);
  const context = quickjs.call('QTS_NewContext', runtime, intrinsics);
  const name = quickjs.newText(context, 'host');
  const host = quickjs.call('QTS_NewFunction', context, quickjs.putText('host'), 1, 0, 0);
  quickjs.call('QTS_SetProp', context, quickjs.call('QTS_GetGlobalObject', context), name, host);
  const met = evaluateModule(quickjs, { runtime, context }, { name: mainName, text: meetHost });
  assert(met.ok, 'the libraries of scripts run');
  return { runtime, context, image: quickjs.keep() };
}

/** Bytes that the libraries and the context may have. */
const libraryMemory = 1 << 22;

const mainName = '<main>';
const meetHost = `import 'kernelscope/exchange';`;

/**
 * All of the language but what would tell runs apart, by QuickJS's bits: base objects, eval, normalisation, two for
 * regular expressions, JSON, Proxy, Map and Set, typed arrays, promises, bigint. Not dates, nor weak references.
 */
const intrinsics = 1 | 4 | 8 | 16 | 32 | 64 | 128 | 256 | 512 | 1024 | 2048;

/** What loading a script may use. Messages don't pay for it, so that a long text is no burden to each. */
const loadGas = 2 ** 30;

interface LoadedScript {
  readonly image: Image;
  readonly entry: Pointer;
}

function loadScript(
  quickjs: QuickJs,
  { base, library }: { readonly base: Base; readonly library: (name: string) => string | null },
  { main, read, limits }: ScriptSource,
): Result<LoadedScript, ScriptError> {
  const { runtime, context } = base;
  const importerByName = new Map<string, string>();
  let absent: string | null = null;
  const hooks = {
    resolve(specifier: string, importer: string) {
      const name = resolveModule(specifier, importer, (path) => read(path) !== null);
      if (!importerByName.has(name)) importerByName.set(name, importer);
      return name;
    },
    source(name: string) {
      const text = library(name) ?? read(name);
      if (text === null) absent ??= name;
      return text;
    },
    call: exchangeCall(quickjs, base, () => {
      throw new CalledWhileLoading();
    }),
  };
  quickjs.begin(base.image, { ...limits, gas: loadGas }, hooks);
  quickjs.call('QTS_RuntimeSetMemoryLimit', runtime, limits.memory);
  quickjs.call('QTS_RuntimeSetMaxStackSize', runtime, scriptStackBytes(limits.stack));
  const entry = attempt(quickjs, base, () => {
    const namespace = evaluateModule(quickjs, base, { name: mainName, text: main });
    if (!namespace.ok) return namespace;
    const name = quickjs.newText(context, 'default');
    return ok(quickjs.call('QTS_GetProp', context, namespace.value, name));
  });
  if (absent !== null) {
    const importer = importerByName.get(absent) ?? '';
    return err(absentModule(absent, importer, read(importer)));
  }
  return entry.ok ? ok({ image: quickjs.keep(), entry: entry.value }) : err(cutToError(entry.error));
}

/** QuickJS's own limit is met a little before that of the meter, so that scripts can catch the error as usual. */
const scriptStackBytes = (slots: number): number => Math.floor(Math.min(slots, largestStack) * 0.75);

interface Invocation extends LoadedScript {
  readonly argument: string;
  readonly meter: Meter;
  readonly call: HostCall;
}

function runScript(quickjs: QuickJs, base: Base, invocation: Invocation): ScriptRun {
  const { image, entry, argument, meter, call } = invocation;
  const instance: ScriptInstance = {
    memory: quickjs.memory,
    gasLeft: () => quickjs.gasLeft(),
    charge: (gas) => quickjs.charge(gas),
    places: () => placesNow(quickjs, base),
  };
  quickjs.begin(image, meter, {
    // All modules are there; what is imported later is not.
    resolve: (specifier) => specifier,
    source: () => null,
    call: exchangeCall(quickjs, base, (exchange) => call(exchange, instance)),
  });
  const done = attempt(quickjs, base, () => {
    const called = callFunction(quickjs, base, { entry, argument });
    runJobs(quickjs, base);
    return called.ok && called.value === 1 ? callFunction(quickjs, base, { entry, argument: '' }) : called;
  });
  return { cut: done.ok ? null : done.error, gasLeft: Math.max(0, quickjs.gasLeft()) };
}
