/** Import sets as AssemblyScript sees them: a module for each, by the set's name. */
import type { DeclaredFunction, DeclaredSet, Param } from './import-set';

/** The set's functions as wasm has them: bytes are a pointer and a length, or a pointer and a capacity. */
export const setToExterns = ({ name: set, doc, functions }: DeclaredSet): string =>
  [
    `/** ${doc} As wasm sees it: pointers and lengths. */`,
    ...Object.entries(functions).map(
      ([name, declared]) => `
/** ${declared.doc} */
${decorated(`@external("${set}", "${name}")`)}
export declare function ${name}${wasmSignature(declared)};`,
    ),
    '',
  ].join('\n');

/**
 * The set's functions with texts, bytes and values. What can be absent is `null`; of a value, there is a `fallback`. It is a
 * part of the SDK, which it converts with.
 */
export const setToFunctions = ({ name: set, doc, functions }: DeclaredSet): string =>
  [
    `/** ${inComment(doc)} */`,
    'import * as reader from "./reader";',
    'import * as writer from "./writer";',
    'import { buffer, capacity, makeRoom, received } from "./received";',
    ...Object.entries(functions).map(
      ([name, declared]) => `
${decorated(`@external("${set}", "${name}")`)}
declare function $${name}${wasmSignature(declared)};

/** ${inComment(declared.doc)} */
export function ${name}${signature(declared)} {
${body(name, declared).join('\n')}
}`,
    ),
    '',
  ].join('\n');

const decorated = (decorator: string): string => `// @ts-ignore: decorator\n${decorator}`;

/** Words that can't end the comment that they stand in. */
export const inComment = (words: string): string => words.replaceAll('*/', '* /');

const wasmSignature = ({ params, result }: DeclaredFunction): string =>
  `(${params.flatMap(wasmParams).join(', ')}): ${result ?? 'void'}`;

function wasmParams(param: Param): readonly string[] {
  if (param.kind === 'scalar') return [`${param.name}: ${param.type}`];
  const { name, kind } = param;
  return [`${name}: usize`, `${name}_${kind === 'in' ? 'length' : 'capacity'}: i32`];
}

function signature({ params, result }: DeclaredFunction): string {
  const out = params.find(({ kind }) => kind === 'out');
  const taken = params.flatMap((param, index) =>
    param === out ? [] : [`${param.name}: ${typeOf(param, index)}`],
  );
  const generics = params.flatMap((param, index) => (isValue(param) ? [`T${index}`] : []));
  const returned = out === undefined ? (result ?? 'void') : typeOf(out, params.length - 1);
  const fallback = out !== undefined && isValue(out) ? [`$fallback: ${returned}`] : [];
  const nullable = out === undefined || isValue(out) ? '' : ' | null';
  return `${generics.length === 0 ? '' : `<${generics.join(', ')}>`}(${[...taken, ...fallback].join(', ')}): ${returned}${nullable}`;
}

const isValue = (param: Param): boolean => param.kind !== 'scalar' && param.form === 'value';

function typeOf(param: Param, index: number): string {
  if (param.kind === 'scalar') return param.type;
  if (param.form === 'value') return `T${index}`;
  return param.form === 'text' ? 'string' : 'Uint8Array';
}

/** Texts and values are written one after the other; where each ends is a variable. */
function body(name: string, { params, result }: DeclaredFunction): readonly string[] {
  const lines: string[] = [];
  const args: string[] = [];
  let start = '0';
  for (const [index, param] of params.entries()) {
    if (param.kind === 'scalar') {
      args.push(param.name);
    } else if (param.kind === 'in' && param.form === 'bytes') {
      args.push(`${param.name}.dataStart`, `${param.name}.length`);
    } else if (param.kind === 'in') {
      if (lines.length === 0) lines.push('  writer.begin();');
      const write = param.form === 'text' ? 'writeText' : `write<T${index}>`;
      lines.push(`  writer.${write}(${param.name});`, `  const $${index} = writer.written();`);
      args.push(`writer.address(${start})`, `$${index} - ${start}`);
      start = `$${index}`;
    }
  }
  const out = params.find(({ kind }) => kind === 'out');
  if (out?.kind !== 'out')
    return [...lines, `  ${result === null ? '' : 'return '}$${name}(${args.join(', ')});`];
  const call = (room: string, most: string): string => `$${name}(${[...args, room, most].join(', ')})`;
  lines.push(`  const $length = ${call('buffer', 'capacity')};`);
  lines.push(`  if (makeRoom($length)) ${call('received', '$length')};`);
  lines.push(`  if ($length < 0) return ${out.form === 'value' ? '$fallback' : 'null'};`);
  if (out.form === 'text') return [...lines, '  return String.UTF8.decodeUnsafe(received, $length);'];
  if (out.form === 'value') {
    const type = `T${params.length - 1}`;
    return [...lines, '  reader.open(received, $length);', `  return reader.read<${type}>();`];
  }
  return [
    ...lines,
    '  const $bytes = new Uint8Array($length);',
    '  memory.copy($bytes.dataStart, received, $length);',
    '  return $bytes;',
  ];
}
