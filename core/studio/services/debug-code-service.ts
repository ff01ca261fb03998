/** Answers what windows ask about code that is stepped through: its functions, as text, and its sources. */
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { shorten } from '../../base/shorten';
import type { DebugCode } from '../../debugger/code';
import { type Listing, listFunction } from '../../debugger/listing';
import { sourceFiles } from '../../debugger/sources';
import type { debugCodeProtocol } from '../protocol/debug-code';
import type { Returns } from '../protocol/declare';
import { previewBytes } from '../protocol/wire';
import type { Handlers } from '../rpc/serve';
import type { DebugCodes } from './debug-codes';

type FunctionRow = Returns<typeof debugCodeProtocol, 'debug.functions'>['rows'][number];

export function createDebugCodeService(codes: DebugCodes): Handlers<typeof debugCodeProtocol> {
  function listing(cid: string, index: number): Result<Listing, Fault> {
    const code = codes.named(cid);
    if (!code.ok) return code;
    const found = listFunction(code.value, index);
    return found === undefined ? err(noFunction(index, code.value)) : ok(found);
  }

  return {
    'debug.functions'({ code: cid, start, count }) {
      const code = codes.named(cid);
      if (!code.ok) return code;
      const total = code.value.module.functionTypes.length;
      const rows = Array.from({ length: Math.max(0, Math.min(count, total - start)) }, (_, place) =>
        functionRow(code.value, start + place),
      );
      return ok({ start, total, rows });
    },
    'debug.disassembly'({ code, function: index, start, count }) {
      const found = listing(code, index);
      if (!found.ok) return found;
      const { lineCount, lines } = found.value;
      const rows = lines(start, count).map((line) => ({ ...line, text: shorten(line.text, previewBytes) }));
      return ok({ start, total: lineCount, rows });
    },
    'debug.lineOf'({ code, function: index, offset }) {
      const found = listing(code, index);
      return found.ok ? ok({ line: found.value.lineOf(offset) }) : found;
    },
    'debug.sources'({ code: cid, start, count }) {
      const code = codes.named(cid);
      if (!code.ok) return code;
      const all = sourceFiles(code.value);
      return ok({ start, total: all.length, rows: all.slice(start, start + count) });
    },
    'debug.source'({ code: cid, file }) {
      const code = codes.named(cid);
      return code.ok ? ok({ text: code.value.lines?.textOf(file) ?? null }) : code;
    },
  };
}

function functionRow(code: DebugCode, index: number): FunctionRow {
  const { module, names } = code;
  const imported = module.imports.filter(({ kind }) => kind === 'function')[index];
  return {
    index,
    name: names.functions.get(index) ?? null,
    imported: imported === undefined ? null : `${imported.module}.${imported.name}`,
    exported: module.exports.flatMap((entry) =>
      entry.kind === 'function' && entry.index === index ? entry.name : [],
    ),
    lines: listFunction(code, index)?.lineCount ?? 0,
  };
}

const noFunction = (index: number, { module }: DebugCode): Fault =>
  fault('no-function', `there is no function ${index}`, {
    remedy: `the code has ${module.functionTypes.length} of them, from 0`,
  });
