/** Names of functions, from the custom section `name` that compilers leave behind. */
import { type Reader, attempt, readByte, readBytes, readCount, readName, readU32 } from './reader';
import type { ModuleShape } from './shape';

const functionNamesId = 1;

/** By index, imported functions first. What can't be read of the section is left out: names are no part of the code. */
export function functionNames({ customSections }: ModuleShape): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const section = customSections.get('name');
  if (section === undefined) return names;
  const reader: Reader = { bytes: section, at: 0, end: section.length };
  attempt(() => {
    while (reader.at < reader.end) readSubsection(reader, names);
  });
  return names;
}

function readSubsection(reader: Reader, names: Map<number, string>): void {
  const id = readByte(reader);
  const content = readBytes(reader, readU32(reader));
  if (id !== functionNamesId) return;
  const inner: Reader = { bytes: content, at: 0, end: content.length };
  for (let count = readCount(inner); count > 0; count--) names.set(readU32(inner), readName(inner));
}
