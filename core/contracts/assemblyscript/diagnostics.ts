/** What the compiler says, at the author's places: never in the library, nor in code that the author didn't write. */
import type { Compiler, DiagnosticMessage, Range } from 'assemblyscript';
import type { Diagnostic } from '../build';
import type { Place } from '../diagnostic';

export interface ExpressionWatch {
  /**
   * For each message, the author's expression that was being compiled. A type that can't be kept is found deep in the
   * library, and belongs to the call that asked for it.
   */
  readonly rangeByMessage: ReadonlyMap<DiagnosticMessage, Range>;
  /** The author's expression that is being compiled, or was when the compiler broke off. */
  current(): Range | null;
}

/** Watches a compiler at work. */
export function watchExpressions(compiler: Compiler): ExpressionWatch {
  const rangeByMessage = new Map<DiagnosticMessage, Range>();
  const { diagnostics } = compiler.program;
  let current: Range | null = null;
  const compileExpression = compiler.compileExpression.bind(compiler);
  compiler.compileExpression = (expression, ...context) => {
    if (isInLibrary(expression.range)) return compileExpression(expression, ...context);
    const [outer, before] = [current, diagnostics.length];
    current = expression.range;
    const compiled = compileExpression(expression, ...context);
    current = outer;
    for (const message of diagnostics.slice(before)) {
      if (!rangeByMessage.has(message)) rangeByMessage.set(message, expression.range);
    }
    return compiled;
  };
  return { rangeByMessage, current: () => current };
}

/** The compiler's messages as diagnostics. Those that can be blamed on no text of the author's stand at the top of `path`. */
export function toDiagnostics(
  messages: readonly DiagnosticMessage[],
  path: string,
  rangeByMessage: ReadonlyMap<DiagnosticMessage, Range>,
): readonly Diagnostic[] {
  return messages
    .filter(({ code }) => code !== exportHasNoEffect)
    .map((message) => {
      const ranges = [message.range, message.relatedRange, rangeByMessage.get(message) ?? null];
      const own = ranges.find((range) => range !== null && !isInLibrary(range)) ?? null;
      return {
        file: own === null ? path : own.source.normalizedPath,
        ...(own === null ? { line: 1, column: 1, length: 0 } : placeOf(own)),
        severity: message.category === 3 ? 'error' : message.category === 2 ? 'warning' : 'info',
        message: message.message.replace(/^User-defined: "(.*)"$/, '$1'),
        code: message.code === userDefined ? '' : `AS${message.code}`,
      };
    });
}

/** What `ERROR` in a source says. */
const userDefined = 102;

/** Said of each exported class; it may well be imported by another contract. */
const exportHasNoEffect = 235;

const isInLibrary = ({ source }: Range): boolean => source.isLibrary;

/** No further than the end of the line it begins in. */
export function placeOf({ source, start, end }: Pick<Range, 'source' | 'start' | 'end'>): Place {
  const lineEnd = source.text.indexOf('\n', start);
  const line = source.lineAt(start);
  return {
    line,
    column: source.columnAt(),
    length: Math.max(1, (lineEnd < 0 ? end : Math.min(end, lineEnd)) - start),
  };
}
