/**
 * A module's functions in the text format, a line for each instruction. The lines of a function, taken together, assemble
 * to its code again; they are made when they are asked for, as there may be millions.
 */
import { type Instruction, createInstruction, emptyBlock, readInstruction } from '../decode-instruction';
import { op } from '../instructions';
import { typeAt } from '../metering/plan';
import type { FunctionBody, WasmModule } from '../module';
import type { ModuleNames, NameByIndex } from '../names';
import { readCount, readValueType } from '../reader';
import type { FunctionType, ModuleImport, ValueType } from '../shape';
import { localTypes } from '../walk-body';
import { constantText } from './constant-text';
import { identifiersOf } from './identifiers';

export interface TextLine {
  /** Of the instruction; of the heading, where the function begins. */
  readonly offset: number;
  /** Levels that it is set in; 0 for the heading. */
  readonly indent: number;
  readonly text: string;
}

export interface FunctionText {
  readonly lineCount: number;
  lines(start: number, count: number): readonly TextLine[];
  /** The line of the instruction at this offset; `null` when none begins there. */
  lineOf(offset: number): number | null;
}

export interface ModuleText {
  /** `undefined` for an index of no function. */
  function(index: number): FunctionText | undefined;
}

const localsInLine = 8;

/** Without a name of its own, an import is called as it is imported, and another function as it is exported. */
function functionNames({ imports, exports }: WasmModule, { functions }: ModuleNames): NameByIndex {
  const names = new Map(functions);
  const add = (index: number, name: string): void => {
    if (!names.has(index)) names.set(index, name);
  };
  imports
    .filter(({ kind }) => kind === 'function')
    .forEach(({ module, name }, index) => add(index, `${module}.${name}`));
  for (const { kind, index, name } of exports) if (kind === 'function') add(index, name);
  return names;
}

/** Of a module that is known to be valid. */
export function createModuleText(module: WasmModule, names: ModuleNames): ModuleText {
  const { bytes } = module;
  const functions = lazy(() => identifiersOf(functionNames(module, names)));
  const globals = lazy(() => identifiersOf(names.globals));
  const tables = lazy(() => identifiersOf(names.tables));
  const imports = lazy(() => module.imports.filter(({ kind }) => kind === 'function'));

  const nameIn = (identifiers: ReadonlyMap<number, string>, index: number): string =>
    identifiers.get(index) ?? String(index);

  const headingOf = (index: number, params: NameByIndex): string => {
    const type = module.functionTypes[index] ?? 0;
    const name = functions().get(index) ?? `(;${index};)`;
    return `(func ${name} ${typeText(type, typeAt(module, type), params)}`;
  };

  function importText(index: number, imported: ModuleImport): FunctionText {
    const heading = `${headingOf(index, noNames)}))`;
    const text = `(import ${quoted(imported.module)} ${quoted(imported.name)} ${heading}`;
    return {
      lineCount: 1,
      lines: (start) => (start === 0 ? [{ offset: imported.offset, indent: 0, text }] : []),
      lineOf: () => null,
    };
  }

  function bodyText(index: number, body: FunctionBody): FunctionText {
    const locals = identifiersOf(names.locals.get(index) ?? noNames);
    const declared = declarations(module, body, locals);
    const first = 1 + declared.length;
    const { offsets, depths } = instructionsOf(module, body);

    function instructionText(place: number): string {
      const instruction = createInstruction();
      readInstruction({ bytes, at: offsets[place] ?? 0, end: body.end }, instruction);
      const { info } = instruction;
      const isLast = place === offsets.length - 1;
      if (isLast) return ')';
      const rest = immediateText(instruction, depths[place] ?? 0);
      return rest === '' ? info.name : `${info.name} ${rest}`;
    }

    function immediateText(instruction: Instruction, depth: number): string {
      const { info, first, second, labels, immediateAt } = instruction;
      const label = (inwards: number): string =>
        inwards < depth ? labelName(depth - inwards) : String(inwards);
      switch (info.immediate) {
        case 'none':
        case 'memory index':
        case 'memory memory':
          return '';
        case 'block':
          return joined(labelName(depth + 1), blockTypeText(module, first));
        case 'label':
          return label(first);
        case 'labels':
          return labels.map(label).join(' ');
        case 'function':
          return nameIn(functions(), first);
        case 'local':
          return nameIn(locals, first);
        case 'global':
          return nameIn(globals(), first);
        case 'table':
          return nameIn(tables(), first);
        case 'table table':
          return `${nameIn(tables(), first)} ${nameIn(tables(), second)}`;
        case 'element table':
          return joined(second === 0 ? '' : nameIn(tables(), second), String(first));
        case 'element':
        case 'data':
        case 'data memory':
          return String(first);
        case 'type table': {
          const type = typeText(first, typeAt(module, first), noNames);
          return joined(second === 0 ? '' : nameIn(tables(), second), type);
        }
        case 'types':
          return `(result ${typesAt(bytes, immediateAt).join(' ')})`;
        case 'memory': {
          const natural = accessBytes(info.name);
          const alignment = 2 ** first;
          return joined(
            second === 0 ? '' : `offset=${second}`,
            alignment === natural ? '' : `align=${alignment}`,
          );
        }
        case 'i32':
        case 'i64':
        case 'f32':
        case 'f64':
          return constantText(bytes, instruction);
        case 'reference type':
          return first === 0x70 ? 'func' : 'extern';
      }
    }

    function line(number: number): TextLine {
      const place = number - first;
      const declaration = declared[number - 1];
      if (number === 0) return { offset: body.start, indent: 0, text: headingOf(index, locals) };
      if (declaration !== undefined) return { offset: body.start, indent: 1, text: declaration };
      const isLast = place === offsets.length - 1;
      const indent = isLast ? 0 : (depths[place] ?? 0) + 1;
      return { offset: offsets[place] ?? 0, indent, text: instructionText(place) };
    }

    const lineCount = first + offsets.length;
    return {
      lineCount,
      lines: (start, count) =>
        Array.from({ length: Math.max(0, Math.min(count, lineCount - start)) }, (_, place) =>
          line(start + place),
        ),
      lineOf(offset) {
        const place = placeOf(offsets, offset);
        return place === -1 ? null : first + place;
      },
    };
  }

  /** Its pages are asked for one after the other. */
  let last: { readonly index: number; readonly text: FunctionText } | null = null;

  return {
    function(index) {
      if (last?.index === index) return last.text;
      const imported = imports()[index];
      if (imported !== undefined) return importText(index, imported);
      const body = module.bodies[index - module.importedFunctions];
      if (body === undefined) return undefined;
      last = { index, text: bodyText(index, body) };
      return last.text;
    },
  };
}

/** Where each instruction is, and how many blocks are around it. */
function instructionsOf({ bytes }: WasmModule, body: FunctionBody) {
  const reader = { bytes, at: body.code, end: body.end };
  const instruction = createInstruction();
  const offsets: number[] = [];
  const depths: number[] = [];
  let depth = 0;
  while (reader.at < body.end) {
    readInstruction(reader, instruction);
    const { code, immediate } = instruction.info;
    if (code === op.end) depth--;
    offsets.push(instruction.at);
    depths.push(code === op.else ? depth - 1 : depth);
    if (immediate === 'block') depth++;
  }
  return { offsets, depths };
}

function placeOf(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return offsets[low] === offset ? low : -1;
}

function declarations(module: WasmModule, body: FunctionBody, names: NameByIndex): readonly string[] {
  const types = localTypes(module, body);
  const lines: string[] = [];
  for (let from = types.length - body.localCount; from < types.length; from += localsInLine) {
    const some = types.slice(from, from + localsInLine);
    lines.push(some.map((type, place) => fieldText('local', type, names.get(from + place))).join(' '));
  }
  return lines;
}

const fieldText = (keyword: string, type: ValueType, name: string | undefined): string =>
  name === undefined ? `(${keyword} ${type})` : `(${keyword} ${name} ${type})`;

function typeText(index: number, { params, results }: FunctionType, names: NameByIndex): string {
  const named = params.map((type, place) => fieldText('param', type, names.get(place)));
  return joined(`(type ${index})`, ...named, ...results.map((type) => fieldText('result', type, undefined)));
}

function blockTypeText(module: WasmModule, type: number): string {
  if (type === emptyBlock) return '';
  if (type >= 0) return typeText(type, typeAt(module, type), noNames);
  return `(result ${readValueType({ bytes: Uint8Array.of(type & 0x7f), at: 0, end: 1 })})`;
}

function typesAt(bytes: Uint8Array, at: number): readonly ValueType[] {
  const reader = { bytes, at, end: bytes.length };
  return Array.from({ length: readCount(reader) }, () => readValueType(reader));
}

/** How many bytes an instruction of this name loads or stores; `null` when it does neither. */
export function accessBytes(name: string): number | null {
  const [, size, narrow] = /^[if](\d+)\.(?:load|store)(\d*)/.exec(name) ?? [];
  return size === undefined ? null : Number(narrow || size) / 8;
}

/** Of the block at this depth, from 1: blocks around each other have different names. */
const labelName = (depth: number): string => `$L${depth}`;

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

function quoted(text: string): string {
  const escaped = text.replaceAll(
    /["\\\p{Cc}]/gu,
    (character) => `\\u{${character.charCodeAt(0).toString(16)}}`,
  );
  return `"${escaped}"`;
}

const noNames: NameByIndex = new Map();

function lazy<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}
