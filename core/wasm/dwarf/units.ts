/** What DWARF tells of the files that a module was compiled from: where, and the functions in them. */
import { type Reader, malformed, readByte, readBytes } from '../reader';
import {
  type DwarfSections,
  type FormValue,
  readFixed,
  readForm,
  readPart,
  readSigned,
  readUnsigned,
  readerOf,
  textIn,
} from './forms';

export interface DwarfUnit {
  /** The directory that the compiler ran in. */
  readonly directory: string;
  /** The offset of its line table; `null` without one. */
  readonly lines: number | null;
  readonly functions: readonly DwarfFunction[];
}

export interface DwarfFunction {
  readonly name: string;
  /** Where its body begins within the code section. */
  readonly address: number;
}

interface Abbreviation {
  readonly tag: number;
  readonly attributes: readonly (readonly [attribute: number, form: number, constant: number])[];
}

/** An entry's attributes by their numbers. */
type Entry = ReadonlyMap<number, FormValue>;

const unitTags = [0x11, 0x4a];
const functionTag = 0x2e;
const attribute = {
  name: 0x03,
  lines: 0x10,
  lowAddress: 0x11,
  directory: 0x1b,
  origin: 0x31,
  specification: 0x47,
  linkageName: 0x6e,
  textOffsets: 0x72,
  addresses: 0x73,
} as const;

/** `isStart` says whether a function of the module begins at an address of the code section. */
export function readUnits(
  sections: DwarfSections,
  isStart: (address: number) => boolean,
): readonly DwarfUnit[] {
  const section = readerOf(sections.get('info') ?? new Uint8Array());
  const units: DwarfUnit[] = [];
  const read = { abbreviations: 0 };

  while (section.at < section.end) {
    const start = section.at;
    units.push(readUnit(readPart(section), start));
  }
  return units;

  function readUnit(unit: Reader, start: number): DwarfUnit {
    const version = readFixed(unit, 2);
    if (version < 2 || version > 5) malformed(unit.at, `a unit of version ${version}`);
    const kind = version === 5 ? readByte(unit) : 1;
    if (version === 5) readByte(unit);
    const abbreviationsAt = readerOf(sections.get('abbrev') ?? new Uint8Array(), readFixed(unit, 4));
    const abbreviations = readAbbreviations(abbreviationsAt, read);
    if (version < 5) readByte(unit);
    // Skeletons and types have more in their headers.
    if (kind === 4 || kind === 5) readBytes(unit, 8);
    if (kind === 2 || kind === 6) readBytes(unit, 12);

    let head: Entry = new Map();
    const entryByOffset = new Map<number, Entry>();
    while (unit.at < unit.end) {
      const offset = unit.at - start;
      const code = readUnsigned(unit);
      if (code === 0) continue;
      const abbreviation = abbreviations.get(code);
      if (abbreviation === undefined) return malformed(unit.at, `an entry of the unknown kind ${code}`);
      const isUnit = unitTags.includes(abbreviation.tag);
      const entry = isUnit || abbreviation.tag === functionTag ? new Map<number, FormValue>() : null;
      for (const [name, form, constant] of abbreviation.attributes) {
        const value = readForm(unit, form, constant);
        entry?.set(name, value);
      }
      if (entry === null) continue;
      if (isUnit) head = entry;
      else entryByOffset.set(offset, entry);
    }

    const numberOf = (value: FormValue | undefined): number | null => {
      if (value?.kind === 'number') return value.value;
      if (value?.kind !== 'address index') return null;
      return wordAt(sections.get('addr'), (baseOf(attribute.addresses) ?? 8) + 4 * value.index);
    };
    const textOf = (value: FormValue | undefined): string => {
      if (value?.kind === 'text') return value.text;
      if (value?.kind === 'text elsewhere') return textIn(sections.get(value.section), value.offset);
      if (value?.kind !== 'text index') return '';
      const at = wordAt(sections.get('str_offsets'), (baseOf(attribute.textOffsets) ?? 8) + 4 * value.index);
      return at === null ? '' : textIn(sections.get('str'), at);
    };
    const baseOf = (name: number): number | null => {
      const value = head.get(name);
      return value?.kind === 'number' ? value.value : null;
    };
    /** Of itself, or of what it is an instance of. */
    const nameOf = (entry: Entry, depth = 0): string => {
      const own = textOf(entry.get(attribute.name)) || textOf(entry.get(attribute.linkageName));
      if (own !== '' || depth > 4) return own;
      const origin = entry.get(attribute.origin) ?? entry.get(attribute.specification);
      const found = origin?.kind === 'entry' ? entryByOffset.get(origin.offset) : undefined;
      return found === undefined ? '' : nameOf(found, depth + 1);
    };

    return {
      directory: textOf(head.get(attribute.directory)),
      lines: baseOf(attribute.lines),
      functions: [...entryByOffset.values()].flatMap((entry) => {
        const address = numberOf(entry.get(attribute.lowAddress));
        if (address === null || !isStart(address)) return [];
        const name = nameOf(entry);
        return name === '' ? [] : [{ name, address }];
      }),
    };
  }
}

/** `read` counts them over all units, which may share theirs; without a bound, few bytes could take hours. */
function readAbbreviations(
  reader: Reader,
  read: { abbreviations: number },
): ReadonlyMap<number, Abbreviation> {
  const abbreviations = new Map<number, Abbreviation>();
  for (let code = readUnsigned(reader); code !== 0; code = readUnsigned(reader)) {
    const tag = readUnsigned(reader);
    readByte(reader);
    const attributes: [number, number, number][] = [];
    for (;;) {
      const name = readUnsigned(reader);
      const form = readUnsigned(reader);
      const constant = form === implicitConstant ? readSigned(reader) : 0;
      if (name === 0 && form === 0) break;
      if (attributes.push([name, form, constant]) > mostAttributes)
        malformed(reader.at, 'too many attributes');
    }
    abbreviations.set(code, { tag, attributes });
    if (++read.abbreviations > mostAbbreviations) malformed(reader.at, 'too many abbreviations');
  }
  return abbreviations;
}

const implicitConstant = 0x21;

const mostAttributes = 64;
const mostAbbreviations = 1 << 20;

function wordAt(section: Uint8Array | undefined, at: number): number | null {
  if (section === undefined || at + 4 > section.length) return null;
  return readFixed(readerOf(section, at), 4);
}
