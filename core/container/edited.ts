/** Runs that were changed by hand: the stepping interpreter takes them, which can stop where a change is to be made. */
import { assert, ok } from '../base/result';
import type { LoadedCode, VmContainer } from './container';

/** The first container, but for runs with edits, of which it knows nothing; the second gives the same results otherwise. */
export function withEdits(container: VmContainer, stepping: VmContainer): VmContainer {
  return {
    ...container,
    load(code, imports, limits) {
      const loaded = container.load(code, imports, limits);
      if (!loaded.ok) return loaded;
      /** Made ready by the first run that needs it. */
      let editable: LoadedCode | null = null;
      return ok({
        run(entry, environment, observer) {
          if (environment.edits.length === 0) return loaded.value.run(entry, environment, observer);
          if (editable === null) {
            const again = stepping.load(code, imports, limits);
            assert(again.ok, 'what one container of wasm takes, so does the other');
            editable = again.value;
          }
          return editable.run(entry, environment, observer);
        },
        dispose() {
          loaded.value.dispose();
          editable?.dispose();
        },
      });
    },
  };
}
