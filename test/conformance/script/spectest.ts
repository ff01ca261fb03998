/**
 * What modules of the suite import from its host, `spectest`. Functions are offered as an import set; kernels have no
 * memories, tables and globals to offer, so a module gets definitions of its own in their place.
 */
import type { ImportSet, Param, ScalarType } from '../../../core/imports/import-set';
import { type Expression, type List, headOf, readExpressions } from './s-expression';

export const spectest: ImportSet = {
  name: 'spectest',
  doc: 'Functions that the test suite of the specification imports.',
  functions: Object.fromEntries(
    (
      [
        ['print', []],
        ['print_i32', ['i32']],
        ['print_i64', ['i64']],
        ['print_f32', ['f32']],
        ['print_f64', ['f64']],
        ['print_i32_f32', ['i32', 'f32']],
        ['print_f64_f64', ['f64', 'f64']],
      ] as const
    ).map(([name, types]: readonly [string, readonly ScalarType[]]) => [
      name,
      {
        doc: 'Prints nothing.',
        params: types.map((type, index): Param => ({ kind: 'scalar', name: `value${index}`, type })),
        result: null,
        gas: { base: 1, perByte: 0 },
        run: () => undefined,
      },
    ]),
  ),
};

/** As the suite's reference interpreter has them. */
const definitions: ReadonlyMap<string, string> = new Map([
  ['memory', '1 2'],
  ['table', '10 20 funcref'],
  ['global_i32', 'i32 (i32.const 666)'],
  ['global_i64', 'i64 (i64.const 666)'],
  ['global_f32', 'f32 (f32.const 666.6)'],
  ['global_f64', 'f64 (f64.const 666.6)'],
]);

/** The text of a module with definitions in place of what it imports of `spectest`, but functions. */
export function withoutHost(text: string): string {
  const [module] = readExpressions(text);
  const fields = module?.kind === 'list' ? module.items : [];
  let rest = 0;
  let result = '';
  for (const field of fields) {
    const definition = field.kind === 'list' ? definitionFor(field, text) : null;
    if (definition === null) continue;
    result += text.slice(rest, field.start) + definition;
    rest = field.end;
  }
  return result + text.slice(rest);
}

/** For `(import "spectest" "memory" (memory $m 1))` and `(memory $m (export "m") (import "spectest" "memory") 1)`. */
function definitionFor(field: List, text: string): string | null {
  const isImport = headOf(field) === 'import';
  const imported = isImport ? field : field.items.find(isList('import'));
  const described = isImport ? field.items.at(-1) : field;
  if (imported?.kind !== 'list' || described?.kind !== 'list') return null;
  const [, from, name] = imported.items;
  if (stringOf(from) !== 'spectest') return null;
  const definition = definitions.get(stringOf(name));
  if (definition === undefined) return null;
  const kept = described.items.filter(
    (item, place) => place === 0 || isIdentifier(item) || isList('export')(item),
  );
  return `(${kept.map(({ start, end }) => text.slice(start, end)).join(' ')} ${definition})`;
}

const isList =
  (head: string) =>
  (item: Expression): item is List =>
    item.kind === 'list' && headOf(item) === head;

const isIdentifier = (item: Expression): boolean => item.kind === 'word' && item.text.startsWith('$');

const stringOf = (item: Expression | undefined): string =>
  item?.kind === 'string' ? new TextDecoder().decode(item.bytes) : '';
