/** Import sets as an editor of JavaScript sees them: types and words, in the language of declaration files. */
import { inComment } from './assembly-binding';
import type { BytesForm, DeclaredFunction, DeclaredSet, ScalarType } from './import-set';

/** What the module of {@link setsToModules} takes and gives. */
export const setToDeclarations = ({ doc, functions }: DeclaredSet): string =>
  [
    `/** ${inComment(doc)} */`,
    ...Object.entries(functions).map(
      ([name, declared]) =>
        `\n/** ${inComment(declared.doc)} */\nexport declare function ${name}${signature(declared)};`,
    ),
    '',
  ].join('\n');

function signature({ params, result }: DeclaredFunction): string {
  const taken = params.flatMap((param) => {
    if (param.kind === 'scalar') return [`${param.name}: ${scalarTypes[param.type]}`];
    if (param.kind === 'in') return [`${param.name}: ${formTypes[param.form]}`];
    return param.filled === true ? ['length: number'] : [];
  });
  const out = params.at(-1);
  const given =
    out?.kind === 'out'
      ? `${formTypes[out.form]}${out.filled === true || out.form === 'value' ? '' : ' | undefined'}`
      : result === null
        ? 'void'
        : scalarTypes[result];
  return `(${taken.join(', ')}): ${given}`;
}

const scalarTypes: Readonly<Record<ScalarType, string>> = {
  i32: 'number',
  i64: 'number | bigint',
  f32: 'number',
  f64: 'number',
};

const formTypes: Readonly<Record<BytesForm, string>> = { text: 'string', bytes: 'Uint8Array', value: 'any' };
