/** Line tables of DWARF: which instructions are made from which line. */
import { type Reader, malformed, readByte, readBytes } from '../reader';
import {
  type DwarfSections,
  readFixed,
  readForm,
  readPart,
  readSigned,
  readText,
  readUnsigned,
  readerOf,
  textIn,
} from './forms';

/** From this address on, until that of the next row. */
export interface LineRow {
  /** Within the code section. */
  readonly address: number;
  readonly file: string;
  /** From 1; 0 where the compiler says nothing. */
  readonly line: number;
  /** From 1; 0 where the compiler says nothing. */
  readonly column: number;
}

/** Rows without a gap; the code they speak of ends at `end`. */
export interface LineSequence {
  readonly rows: readonly LineRow[];
  readonly end: number;
}

interface Header {
  readonly minimumLength: number;
  readonly lineBase: number;
  readonly lineRange: number;
  /** Operands of the standard opcodes, by opcode. */
  readonly operandCounts: readonly number[];
  readonly fileAt: (index: number) => string;
}

/** As many as a module of some ten megabytes has. */
const mostRows = 1 << 21;

/** Opcodes of the line program. */
const copy = 1;
const advanceAddress = 2;
const advanceLine = 3;
const setFile = 4;
const setColumn = 5;
const advanceAsLast = 8;
const advanceFixed = 9;
const endOfSequence = 1;
const setAddress = 2;
const defineFile = 3;

/** `directoryOf` gives the directory that a table's compiler ran in, by the table's offset; empty where it isn't known. */
export function readLineTables(
  sections: DwarfSections,
  directoryOf: (offset: number) => string,
): readonly LineSequence[] {
  const section = readerOf(sections.get('line') ?? new Uint8Array());
  const sequences: LineSequence[] = [];
  let rows = 0;
  while (section.at < section.end) {
    const directory = directoryOf(section.at);
    const table = readPart(section);
    for (const sequence of readProgram(table, readHeader(table, sections, directory))) {
      sequences.push(sequence);
      rows += sequence.rows.length;
    }
    if (rows > mostRows) malformed(section.at, `more than ${mostRows} rows`);
  }
  return sequences;
}

function readHeader(table: Reader, sections: DwarfSections, directory: string): Header {
  const version = readFixed(table, 2);
  if (version < 2 || version > 5) malformed(table.at, `a line table of version ${version}`);
  if (version === 5) readBytes(table, 2);
  const rest = readPart(table);
  const minimumLength = readByte(rest);
  if (version >= 4) readByte(rest);
  readByte(rest);
  const lineBase = (readByte(rest) << 24) >> 24;
  const lineRange = readByte(rest);
  if (lineRange === 0) malformed(rest.at, 'a line range of 0');
  const opcodes = readByte(rest);
  const operandCounts = [0, ...Array.from({ length: Math.max(0, opcodes - 1) }, () => readByte(rest))];
  const fileAt = version === 5 ? readFiles(rest, sections) : readOldFiles(rest, directory);
  return { minimumLength, lineBase, lineRange, operandCounts, fileAt };
}

/** Of version 5: each table begins with what its entries are made of. */
function readFiles(rest: Reader, sections: DwarfSections): Header['fileAt'] {
  const directories = readEntries(rest, sections).map(({ path }) => path);
  const [first = ''] = directories;
  const files = readEntries(rest, sections).map(({ path, directory }) =>
    joinPath(first, joinPath(directories[directory] ?? '', path)),
  );
  return (index) => files[index] ?? '';
}

function readEntries(rest: Reader, sections: DwarfSections): { path: string; directory: number }[] {
  const format = Array.from(
    { length: readByte(rest) },
    () => [readUnsigned(rest), readUnsigned(rest)] as const,
  );
  const count = readUnsigned(rest);
  if (count > rest.end - rest.at) malformed(rest.at, `${count} entries, and the bytes end before that`);
  return Array.from({ length: count }, () => {
    const entry = { path: '', directory: 0 };
    for (const [content, form] of format) {
      const value = readForm(rest, form);
      if (content === 1 && value.kind === 'text') entry.path = value.text;
      if (content === 1 && value.kind === 'text elsewhere') {
        entry.path = textIn(sections.get(value.section), value.offset);
      }
      if (content === 2 && value.kind === 'number') entry.directory = value.value;
    }
    return entry;
  });
}

/** Of version 4 and before: from 1 on. Directory 0 is the compiler's. */
function readOldFiles(rest: Reader, directory: string): Header['fileAt'] {
  const directories = [directory];
  for (let path = readText(rest); path !== ''; path = readText(rest)) directories.push(path);
  const files: string[] = [''];
  for (let path = readText(rest); path !== ''; path = readText(rest)) {
    const place = readUnsigned(rest);
    readUnsigned(rest);
    readUnsigned(rest);
    files.push(joinPath(directory, joinPath(directories[place] ?? '', path)));
  }
  return (index) => files[index] ?? '';
}

function readProgram(table: Reader, header: Header): readonly LineSequence[] {
  const { minimumLength, lineBase, lineRange, operandCounts, fileAt } = header;
  const sequences: LineSequence[] = [];
  let rows: LineRow[] = [];
  let address = 0;
  let file = 1;
  let line = 1;
  let column = 0;
  const firstSpecial = operandCounts.length;
  const addRow = (): void => {
    if (rows.push({ address, file: fileAt(file), line, column }) > mostRows)
      malformed(table.at, 'too many rows');
  };
  const advance = (operation: number): void => {
    address += Math.floor(operation / lineRange) * minimumLength;
  };

  function extended(): void {
    const length = readUnsigned(table);
    const start = table.at;
    const opcode = readByte(table);
    if (opcode === endOfSequence) {
      sequences.push({ rows, end: address });
      rows = [];
      [address, file, line, column] = [0, 1, 1, 0];
    } else if (opcode === setAddress) address = readFixed(table, Math.max(0, length - 1));
    else if (opcode === defineFile) malformed(table.at, 'a file defined on the way');
    table.at = start;
    readBytes(table, length);
  }

  while (table.at < table.end) {
    const opcode = readByte(table);
    if (opcode === 0) extended();
    else if (opcode >= firstSpecial) {
      const operation = opcode - firstSpecial;
      advance(operation);
      line += lineBase + (operation % lineRange);
      addRow();
    } else if (opcode === copy) addRow();
    else if (opcode === advanceAddress) address += readUnsigned(table) * minimumLength;
    else if (opcode === advanceLine) line += readSigned(table);
    else if (opcode === setFile) file = readUnsigned(table);
    else if (opcode === setColumn) column = readUnsigned(table);
    else if (opcode === advanceAsLast) advance(255 - firstSpecial);
    else if (opcode === advanceFixed) address += readFixed(table, 2);
    else for (let operands = operandCounts[opcode] ?? 0; operands > 0; operands--) readUnsigned(table);
  }
  return sequences;
}

const isAbsolute = (path: string): boolean => /^(\/|[A-Za-z]:[\\/])/.test(path);

const joinPath = (directory: string, path: string): string =>
  directory === '' || isAbsolute(path) ? path : `${directory}/${path}`;
