/** Runs of one script, each from its entry to an outcome. */
import type { Environment } from '../../environment/environment';
import type { Outcome } from '../../environment/outcome';
import { OutOfGas, Refusal } from '../../imports/guest';
import type { ImportSet } from '../../imports/import-set';
import type { Cut } from '../../javascript/evaluate';
import type { Script } from '../../javascript/sandbox';
import { uncaughtToText } from '../../javascript/script-error';
import type { LoadedCode } from '../container';
import { type ScriptImports, createImports } from './imports';
import type { Places } from './places';

export function createRunner(script: Script, sets: readonly ImportSet[], places: Places): LoadedCode['run'] {
  let imports: ScriptImports | null = null;
  return (entry, environment, observer) => {
    imports ??= createImports(sets, environment, places);
    imports.begin(environment, observer);
    const { cut, gasLeft } = script.run(entry.name, environment.limits.gas, imports.call);
    const gasUsed = environment.limits.gas - gasLeft;
    if (cut !== null && cut.kind !== 'stopped') observer?.onTrap(places.positions(cut.places));
    return { outcome: outcomeOf(cut, environment, places), returned: null, gasUsed };
  };
}

/** Rethrows what no script can cause. */
function outcomeOf(cut: Cut | null, { reply }: Environment, places: Places): Outcome {
  if (cut === null) return { kind: 'ok', reply };
  const [position = null] = places.positions(cut.places);
  const trap = (reason: Trap['reason'], detail: string | null = null): Trap => ({
    kind: 'trap',
    reason,
    detail,
    position,
  });
  switch (cut.kind) {
    case 'out of gas':
    case 'stack overflow':
      return trap(cut.kind);
    case 'broken':
      return trap('unreachable', 'the interpreter gave up');
    case 'uncaught':
      return isTooDeep(cut) ? trap('stack overflow') : trap('uncaught error', withPlace(cut, places));
    case 'stopped':
      if (cut.by instanceof OutOfGas) return trap('out of gas');
      if (cut.by instanceof Refusal) return trap(cut.by.reason, cut.by.detail);
      throw cut.by;
  }
}

type Trap = Outcome & { readonly kind: 'trap' };
type Uncaught = Cut & { readonly kind: 'uncaught' };

export const isTooDeep = ({ name, message }: Uncaught): boolean =>
  name === 'InternalError' && message === 'stack overflow';

/** What was thrown and where, for those who have no more than these words. */
export function withPlace(error: Uncaught, places: Places): string {
  const [place] = places.own(error.places);
  const words = uncaughtToText(error);
  return place === undefined ? words : `${words} (${place.file}:${place.line}:${place.column})`;
}
