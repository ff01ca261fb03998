/** What the runs of a branch share, from one fork to the next: a message of the past runs again with what was then. */
import type { Disposable } from '../base/disposal';
import { assert } from '../base/result';
import type { Limits } from '../environment/limits';
import type { CodeLoader } from '../kernel/code';
import type { Surroundings } from '../kernel/receive';
import type { Inputs } from './beginning';
import type { KnownLine } from './lines';

export interface LineSurroundings extends Disposable {
  /** Those of the receipt of this index. */
  at(index: number): Surroundings & Inputs;
}

/** Code is made ready within limits, so there is a loader for each that differ. */
export function createSurroundings(
  lines: readonly KnownLine[],
  createLoader: (limits: Limits) => CodeLoader,
): LineSurroundings {
  const loaders: { readonly limits: Limits; readonly code: CodeLoader }[] = [];
  const surroundingsByLine = new Map<KnownLine, Surroundings & Inputs>();

  function loaderFor(limits: Limits): CodeLoader {
    const known = loaders.find((loader) => limitsEqual(loader.limits, limits));
    if (known !== undefined) return known.code;
    const code = createLoader(limits);
    loaders.push({ limits, code });
    return code;
  }

  return {
    at(index) {
      const line = lines.findLast(({ first }) => first <= index);
      assert(line !== undefined, 'the first line begins with the first receipt');
      const known = surroundingsByLine.get(line);
      if (known !== undefined) return known;
      const edits = line.fork?.edits ?? [];
      const surroundings = { ...line.inputs, edits, code: loaderFor(line.inputs.limits) };
      surroundingsByLine.set(line, surroundings);
      return surroundings;
    },
    dispose() {
      for (const { code } of loaders) code.dispose();
    },
  };
}

const limitsEqual = (left: Limits, right: Limits): boolean =>
  left.gas === right.gas &&
  left.pages === right.pages &&
  left.stack === right.stack &&
  left.messages === right.messages;
