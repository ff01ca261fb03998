/** Import sets as documentation. */
import type { DeclaredFunction, DeclaredSet, Param } from './import-set';

/** A section for each set, in Markdown. */
export const setsToMarkdown = (sets: readonly DeclaredSet[]): string => sets.map(setToMarkdown).join('\n');

const setToMarkdown = ({ name: set, doc, functions }: DeclaredSet): string =>
  [
    `## ${set}`,
    '',
    doc,
    '',
    '| call | gas | does |',
    '| --- | --- | --- |',
    ...Object.entries(functions).map(
      ([name, declared]) => `| \`${signatureOf(name, declared)}\` | ${gasOf(declared)} | ${declared.doc} |`,
    ),
    '',
  ].join('\n');

/** As people see it: `state_get(key: text): value`. */
function signatureOf(name: string, { params, result }: DeclaredFunction): string {
  const out = params.find(({ kind }) => kind === 'out');
  const taken = params.filter((param) => param !== out).map((param) => `${param.name}: ${typeOf(param)}`);
  const given = out === undefined ? result : typeOf(out);
  return `${name}(${taken.join(', ')})${given === null ? '' : `: ${given}`}`;
}

const typeOf = (param: Param): string => (param.kind === 'scalar' ? param.type : param.form);

function gasOf({ gas: { base, perByte }, params }: DeclaredFunction): string {
  const takesBytes = perByte > 0 && params.some(({ kind }) => kind !== 'scalar');
  return takesBytes ? `${base} + ${perByte} a byte` : String(base);
}
