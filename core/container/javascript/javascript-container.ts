/** The VM kind `javascript`: modules in QuickJS, which is wasm itself and metered as such. */
import { type Result, err, ok } from '../../base/result';
import type { Limits } from '../../environment/limits';
import type { ImportSet } from '../../imports/import-set';
import { setsToModules } from '../../imports/javascript-binding';
import { type Bundle, bytesToBundle, isBundle } from '../../javascript/bundle';
import { type Sandbox, type Script, createSandbox } from '../../javascript/sandbox';
import { scriptFault } from '../../javascript/script-error';
import { withCarriedSets } from '../carried-sets';
import type { CodeFault, LoadedCode, VmContainer } from '../container';
import { createPlaces } from './places';
import { createRunner } from './run';

export function createJavaScriptContainer(): VmContainer {
  const sandboxes = new WeakMap<readonly ImportSet[], Sandbox>();

  function sandboxOf(sets: readonly ImportSet[]): Sandbox {
    const known = sandboxes.get(sets);
    if (known !== undefined) return known;
    const sandbox = createSandbox(setsToModules(sets));
    sandboxes.set(sets, sandbox);
    return sandbox;
  }

  return {
    kind: 'javascript',
    accepts: isBundle,
    load(code, offered, limits): Result<LoadedCode, CodeFault> {
      const bundle = bytesToBundle(code);
      if (!bundle.ok) return bundle;
      const sets = withCarriedSets(offered, bundle.value.imports, limits);
      if (!sets.ok) return sets;
      const script = loadBundle(bundle.value, sandboxOf(sets.value), limits);
      if (!script.ok) return script;
      const run = createRunner(script.value, sets.value, createPlaces(bundle.value));
      return ok({ run, dispose: () => undefined });
    },
  };
}

const pageBytes = 1 << 16;

function loadBundle(bundle: Bundle, sandbox: Sandbox, { pages, stack }: Limits): Result<Script, CodeFault> {
  const { files, exports } = bundle;
  const textByPath = new Map(files.map(({ path, text }) => [path, text]));
  const withArguments = exports.filter(({ takesArguments }) => takesArguments).map(({ name }) => name);
  const loaded = sandbox.load({
    main: mainOf(files[0]?.path ?? '', withArguments),
    read: (path) => textByPath.get(path) ?? null,
    limits: { memory: pages * pageBytes, stack },
  });
  return loaded.ok ? loaded : err(scriptFault('invalid-code', loaded.error, (file) => textByPath.has(file)));
}

/** Answers the export that a message calls. */
const mainOf = (path: string, withArguments: readonly string[]): string => `
  import * as contract from ${JSON.stringify(path)};
  import { serve } from 'kernelscope/serve';
  export default serve(contract, ${JSON.stringify(withArguments)});`;
