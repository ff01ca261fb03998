/** Names that compilers leave behind in the custom section `name`. */
import { type Reader, attempt, readByte, readBytes, readCount, readName, readU32 } from './reader';
import type { ModuleShape } from './shape';

export type NameByIndex = ReadonlyMap<number, string>;

/** By index, what is imported first. What has no name is not there. */
export interface ModuleNames {
  readonly functions: NameByIndex;
  /** Of each function's parameters and locals. */
  readonly locals: ReadonlyMap<number, NameByIndex>;
  readonly tables: NameByIndex;
  readonly globals: NameByIndex;
}

const subsection = { functions: 1, locals: 2, tables: 5, globals: 7 } as const;

/** What can't be read of the section is left out: names are no part of the code. */
export function moduleNames({ customSections }: Pick<ModuleShape, 'customSections'>): ModuleNames {
  const names = {
    functions: new Map<number, string>(),
    locals: new Map<number, NameByIndex>(),
    tables: new Map<number, string>(),
    globals: new Map<number, string>(),
  };
  const section = customSections.get('name');
  if (section === undefined) return names;
  const reader: Reader = { bytes: section, at: 0, end: section.length };
  attempt(() => {
    while (reader.at < reader.end) readSubsection(reader);
  });
  return names;

  function readSubsection(outer: Reader): void {
    const id = readByte(outer);
    const content = readBytes(outer, readU32(outer));
    const inner: Reader = { bytes: content, at: 0, end: content.length };
    if (id === subsection.functions) readNames(inner, names.functions);
    if (id === subsection.tables) readNames(inner, names.tables);
    if (id === subsection.globals) readNames(inner, names.globals);
    if (id !== subsection.locals) return;
    for (let count = readCount(inner); count > 0; count--) {
      const ofFunction = new Map<number, string>();
      names.locals.set(readU32(inner), ofFunction);
      readNames(inner, ofFunction);
    }
  }
}

function readNames(reader: Reader, into: Map<number, string>): void {
  for (let count = readCount(reader); count > 0; count--) into.set(readU32(reader), readName(reader));
}
