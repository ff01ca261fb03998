/** What compilers of C, C++, Rust and Zig leave behind for debuggers: lines and names of functions. */
import { type WasmModule, sectionId } from '../module';
import { attempt } from '../reader';
import type { DwarfSections } from './forms';
import { type LineRow, readLineTables } from './line-table';
import { type DwarfUnit, readUnits } from './units';

export interface Dwarf {
  /** In order of their offsets in the module; those of line 0 say that nothing is known from there on. */
  readonly rows: readonly (LineRow & { readonly offset: number })[];
  /** Names by the index of the function. */
  readonly functions: ReadonlyMap<number, string>;
  /** Directories that compilers ran in. */
  readonly directories: readonly string[];
}

/** `null` for a module without it, or with one that can't be read. */
export function readDwarf(module: WasmModule): Dwarf | null {
  const sections: DwarfSections = new Map(
    module.customSections.flatMap(({ name, payload }) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), payload] as const] : [],
    ),
  );
  const code = module.sections.find(({ id }) => id === sectionId.code);
  if (!sections.has('line') || code === undefined) return null;
  const bodyByAddress = bodiesByAddress(module, code.start);
  const units = attempt(() => readUnits(sections, (address) => bodyByAddress.has(address)));
  const known: readonly DwarfUnit[] = units.ok ? units.value : [];
  const directoryOf = (offset: number): string =>
    known.find(({ lines }) => lines === offset)?.directory ?? '';
  const tables = attempt(() => readLineTables(sections, directoryOf));
  if (!tables.ok) return null;
  const isOfCode = (address: number): boolean => address > 0 && address <= code.end - code.start;
  // What the linker left out stands at address 0, or beyond any code.
  const rows = tables.value
    .filter(({ rows: [first], end }) => first !== undefined && isOfCode(first.address) && isOfCode(end))
    .flatMap(({ rows: own, end }) => [...own, { address: end, file: '', line: 0, column: 0 }])
    .filter(({ address }) => isOfCode(address))
    .map((row) => {
      const body = module.bodies[bodyByAddress.get(row.address) ?? -1];
      return { ...row, offset: row.line > 0 && body !== undefined ? body.start : code.start + row.address };
    })
    .toSorted((left, right) => left.offset - right.offset || (left.line === 0 ? -1 : 0));
  const functions = new Map(
    known
      .flatMap((unit) => unit.functions)
      .map(
        ({ name, address }) => [module.importedFunctions + (bodyByAddress.get(address) ?? 0), name] as const,
      ),
  );
  return { rows, functions, directories: [...new Set(known.map(({ directory }) => directory))] };
}

const prefix = '.debug_';

/** Linkers let a function begin at its body, or at the length that stands before that. */
function bodiesByAddress({ bodies }: WasmModule, codeStart: number): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  bodies.forEach(({ start }, index) => {
    const previous = bodies[index - 1]?.end ?? codeStart + 1;
    for (let offset = Math.max(previous, start - 5); offset <= start; offset++) {
      found.set(offset - codeStart, index);
    }
  });
  return found;
}
