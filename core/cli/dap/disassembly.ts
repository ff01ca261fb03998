/** Stretches of instructions around an address, across the functions of its code. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { bytesToHex } from '../../base/bytes';
import { type ListedLine, listFunction } from '../../debugger/listing';
import { type Codes, type SteppedCode, functionName } from './codes';
import type { Sources } from './sources';

type Row = DebugProtocol.DisassembledInstruction;

export interface Stretch {
  readonly code: SteppedCode;
  readonly offset: number;
  /** Instructions from that offset to the first one, negative when it lies before. */
  readonly first: number;
  readonly count: number;
}

/** As many as were asked for: those beyond the code's ends are marked as none. */
export function disassemble(
  { code, offset, first: ahead, count }: Stretch,
  { codes, sources }: { readonly codes: Codes; readonly sources: Sources },
): Row[] {
  const { bodies, importedFunctions, bytes } = code.code.module;
  let known: { readonly index: number; readonly lines: readonly ListedLine[] } = { index: -1, lines: [] };
  let body = Math.max(
    0,
    bodies.findLastIndex(({ start }) => start <= offset),
  );
  let place = instructionsOf(body).findIndex((line) => line.offset >= offset);
  if (place === -1) place = instructionsOf(body).length;
  place += ahead;
  while (place < 0 && body > 0) place += instructionsOf(--body).length;
  while (body < bodies.length && place >= instructionsOf(body).length) place -= instructionsOf(body++).length;

  const rows: Row[] = [];
  let lastFile: string | null = null;
  for (; rows.length < count; place++) {
    while (body < bodies.length && place === instructionsOf(body).length) {
      body++;
      place = 0;
    }
    const lines = instructionsOf(body);
    const line = lines[place];
    if (line === undefined)
      rows.push(noRow(place < 0 ? (bodies[0]?.code ?? 0) + place : bytes.length + place));
    else rows.push(rowOf(line, lines[place + 1]?.offset ?? bodies[body]?.end ?? line.offset));
  }
  return rows;

  function rowOf({ offset: at, indent, text, source }: ListedLine, end: number): Row {
    const index = importedFunctions + body;
    const start = rows.length === 0 ? (code.code.lines?.sourceOf(index, at) ?? null) : source;
    const { source: file, ...where } = start === null ? { source: undefined } : sources.inSource(code, start);
    const isOther = start !== null && start.file !== lastFile;
    if (start !== null) lastFile = start.file;
    return {
      address: codes.addressOf(code, at),
      instruction: `${'  '.repeat(Math.max(0, indent - 1))}${text === ')' ? 'end' : text}`,
      instructionBytes: (bytesToHex(bytes.subarray(at, end)).match(/../g) ?? []).join(' '),
      ...(place === 0 ? { symbol: functionName(code, index) } : {}),
      ...where,
      ...(isOther && file !== undefined ? { location: file } : {}),
    };
  }

  function noRow(at: number): Row {
    return { address: codes.addressOf(code, at), instruction: '', presentationHint: 'invalid' };
  }

  /** Of a function by its place among those with a body; none beyond the last. */
  function instructionsOf(index: number): readonly ListedLine[] {
    if (known.index === index) return known.lines;
    const listing = listFunction(code.code, importedFunctions + index);
    const first = listing?.lineOf(bodies[index]?.code ?? 0) ?? 0;
    known = { index, lines: listing?.lines(first, listing.lineCount - first) ?? [] };
    return known.lines;
  }
}
