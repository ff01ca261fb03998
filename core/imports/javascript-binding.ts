/** Import sets as JavaScript sees them: a module for each, `kernelscope/NAME`. */
import type { DeclaredFunction, DeclaredSet } from './import-set';

/**
 * The text of each set's module. Functions are numbered over all sets in order, as {@link functionsOf} lists them. `in`
 * parameters are texts, bytes or values; what an `out` parameter is given is the result, `undefined` for nothing.
 */
export function setsToModules(sets: readonly DeclaredSet[]): ReadonlyMap<string, string> {
  const numbered = functionsOf(sets);
  return new Map(
    sets.map(({ name }) => [
      `kernelscope/${name}`,
      [
        `import { bind } from 'kernelscope/bind';`,
        ...numbered.flatMap((entry, number) => (entry.set === name ? [bindingOf(entry, number)] : [])),
      ].join('\n'),
    ]),
  );
}

export interface NamedFunction {
  readonly set: string;
  readonly name: string;
  readonly declared: DeclaredFunction;
}

export const functionsOf = (sets: readonly DeclaredSet[]): readonly NamedFunction[] =>
  sets.flatMap(({ name: set, functions }) =>
    Object.entries(functions).map(([name, declared]) => ({ set, name, declared })),
  );

/** Under a name of our own first, for a function of a set may be called like a word of the language. */
const bindingOf = ({ name, set, declared: { params, result } }: NamedFunction, number: number): string =>
  `const f${number} = bind(${number}, '${set}.${name}', ${JSON.stringify(params)}, ${JSON.stringify(result)}); ` +
  `export { f${number} as ${name} };`;
