/** Sources as editors open them: files of the workspace by path, all else as text that is asked for by number. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { listFunction } from '../../debugger/listing';
import type { SourcePlace } from '../../debugger/lines';
import { sourceFiles } from '../../debugger/sources';
import type { CodePosition } from '../../environment/outcome';
import { libraryText } from '../../host/library-text';
import { type SteppedCode, functionName } from './codes';
import type { NamedSource } from './requests';

/** Text that is no file of the workspace: one that came with the code, or a function as WebAssembly text. */
export type KeptText =
  | { readonly kind: 'file'; readonly code: SteppedCode; readonly file: string }
  | { readonly kind: 'function'; readonly code: SteppedCode; readonly function: number };

/** What a client means by a source: a file by its path from the workspace folder, or text that is kept here. */
export type MeantSource = { readonly kind: 'path'; readonly path: string } | KeptText;

/** How a client counts lines and columns, and writes paths. */
export interface ClientWays {
  readonly linesStartAt1: boolean;
  readonly columnsStartAt1: boolean;
  readonly pathFormat: string;
}

/** A place in a source, as a client counts. */
export interface ClientPlace {
  readonly source: DebugProtocol.Source;
  readonly line: number;
  readonly column: number;
}

export interface Sources {
  /** A line of a file, by its path from the workspace folder or from anywhere. */
  inFile(path: string, line: number, column?: number): ClientPlace;
  /** A file that code was made from. */
  ofFile(code: SteppedCode, file: string): DebugProtocol.Source;
  inSource(code: SteppedCode, place: SourcePlace): ClientPlace;
  /** The line of an instruction in the text of its function. */
  inText(code: SteppedCode, position: CodePosition): ClientPlace;
  /** The line that a client means, from 1. */
  lineFrom(line: number): number;
  find(source: NamedSource): Result<MeantSource, Fault>;
  text(reference: number): Result<string, Fault>;
}

/** `folder` is the workspace's, without symbolic links. */
export function createSources(folder: string, ways: ClientWays): Sources {
  const texts: KeptText[] = [];
  const sourceByKey = new Map<string, DebugProtocol.Source>();
  const firstLine = ways.linesStartAt1 ? 1 : 0;
  const firstColumn = ways.columnsStartAt1 ? 1 : 0;
  const placed = (source: DebugProtocol.Source, line: number, column: number): ClientPlace => ({
    source,
    line: line - 1 + firstLine,
    column: column - 1 + firstColumn,
  });

  function file(path: string): DebugProtocol.Source {
    const absolute = resolve(folder, path);
    return {
      name: basename(path),
      path: ways.pathFormat === 'uri' ? pathToFileURL(absolute).href : absolute,
    };
  }

  /** The same source each time, so that an editor opens it once. */
  function keep(key: string, text: KeptText, more: DebugProtocol.Source): DebugProtocol.Source {
    const known = sourceByKey.get(key);
    if (known !== undefined) return known;
    const source = { ...more, sourceReference: texts.push(text) };
    sourceByKey.set(key, source);
    return source;
  }

  function ofFile(code: SteppedCode, name: string): DebugProtocol.Source {
    const found = sourceFiles(code.code).find((each) => each.file === name);
    if (found?.problem === null && existsSync(join(folder, name))) return file(name);
    return keep(
      `${code.number} ${name}`,
      { kind: 'file', code, file: name },
      {
        name,
        ...(typeof found?.problem === 'string' ? { origin: found.problem } : {}),
        ...(found?.library === true ? { presentationHint: 'deemphasize' as const } : {}),
      },
    );
  }

  function ofFunction(code: SteppedCode, index: number): DebugProtocol.Source {
    return keep(
      `${code.number} #${index}`,
      { kind: 'function', code, function: index },
      {
        name: `${functionName(code, index)}.wat`,
        origin: code.contract ?? 'no source is known',
      },
    );
  }

  return {
    inFile: (path, line, column = 1) => placed(file(path), line, column),
    ofFile,
    inSource: (code, { file: name, line, column }) => placed(ofFile(code, name), line, column),
    inText(code, { function: index, offset }) {
      const line = listFunction(code.code, index)?.lineOf(offset) ?? 0;
      return placed(ofFunction(code, index), line + 1, 1);
    },
    lineFrom: (line) => line + 1 - firstLine,
    find({ path, sourceReference = 0 }) {
      if (sourceReference > 0) {
        const text = texts[sourceReference - 1];
        return text === undefined ? err(noText(sourceReference)) : ok(text);
      }
      if (path === undefined) {
        return err(fault('bad-arguments', 'the source has neither a path nor a reference'));
      }
      const absolute = realPath(path);
      return ok({ kind: 'path', path: relative(folder, absolute).split(sep).join('/') });
    },
    text(reference) {
      const text = texts[reference - 1];
      if (text === undefined) return err(noText(reference));
      if (text.kind === 'function') {
        const listing = listFunction(text.code.code, text.function);
        const lines = listing?.lines(0, listing.lineCount) ?? [];
        return ok(lines.map(({ indent, text: line }) => `${'  '.repeat(indent)}${line}\n`).join(''));
      }
      const found = text.code.code.lines?.textOf(text.file) ?? libraryText(text.file);
      if (found !== null) return ok(found);
      return err(
        fault('no-source', `${text.file} is not in the workspace, and its text did not come with the code`),
      );
    },
  };
}

const noText = (reference: number): Fault =>
  fault('bad-arguments', `there is no source ${reference}: it was of a session before this one`);

/** Of a path or a URL. Without symbolic links, as the workspace folder is; as it is when there is no such file. */
function realPath(named: string): string {
  try {
    return realpathSync(named.startsWith('file:') ? fileURLToPath(named) : named);
  } catch {
    return resolve(named);
  }
}
