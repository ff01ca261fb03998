/** What the debugger draws in the editor of a file: the line it stands at, and the lines of the calls around it. */
import type { editor } from 'monaco-editor/editor/editor.api';
import type { Disposable } from '../../core/base/disposal';
import type { Studio } from '../store/context';
import { type BreakpointRow, breakpointIcon } from '../store/debug/breakpoints';
import type { StudioState } from '../store/studio';
import { namesInLine } from './debug-hover';

/** Keeps the marks in an editor as the session in front moves; brings the line it stands at into sight. */
export function drawDebugMarks(view: editor.IStandaloneCodeEditor, path: string, studio: Studio): Disposable {
  const { store } = studio;
  const marks = view.createDecorationsCollection();
  const values = view.createDecorationsCollection();
  const points = view.createDecorationsCollection();
  let pointed: StudioState['breakpoints'] = [];
  let drawn: StudioState['debugAuthored'] = null;
  const draw = (): void => {
    const { debugAuthored, debugFrame, debugStop } = store.getState();
    if (debugAuthored === drawn) return;
    drawn = debugAuthored;
    const line = lineIn(path, debugAuthored);
    const top = lineIn(path, debugStop?.place ?? null);
    const lineCount = view.getModel()?.getLineCount() ?? 0;
    const isThere = (each: number | null): each is number => each !== null && each <= lineCount;
    marks.set([
      ...(isThere(top) ? [markOf(top, 'stop')] : []),
      ...(isThere(line) && line !== top ? [markOf(line, 'call')] : []),
    ]);
    // Locals are those of the chosen call alone.
    void drawValues(isThere(line) && debugAuthored === debugFrame.place ? line : null);
    if (isThere(line)) view.revealLineInCenterIfOutsideViewport(line);
  };
  const drawValues = async (line: number | null): Promise<void> => {
    const model = view.getModel();
    const frame = drawn;
    const words = model === null || line === null ? '' : await namesInLine(studio, model, line);
    if (frame === drawn) values.set(words === '' || line === null ? [] : [valuesOf(line, words)]);
  };
  const drawPoints = (): void => {
    const { breakpoints } = store.getState();
    if (breakpoints === pointed) return;
    pointed = breakpoints;
    points.set(breakpoints.flatMap((row) => pointOf(row, path)));
  };
  draw();
  drawPoints();
  const unsubscribe = store.subscribe(() => {
    draw();
    drawPoints();
  });
  const clicks = view.onMouseDown(({ target }) => {
    if (target.type !== glyphMargin || target.position === null) return;
    store.getState().toggleBreakpoint({ kind: 'line', file: path, line: target.position.lineNumber });
  });
  return {
    dispose() {
      unsubscribe();
      drawn = null;
      marks.clear();
      values.clear();
      points.clear();
      clicks.dispose();
    },
  };
}

function lineIn(path: string, place: StudioState['debugAuthored']): number | null {
  const source = place?.source;
  return source?.file === path && source.line !== undefined ? source.line : null;
}

/** `MouseTargetType.GUTTER_GLYPH_MARGIN`, which is a value of a library that is loaded late. */
const glyphMargin = 2;

/** Where it is, in place of where it was asked for. */
function pointOf(row: BreakpointRow, path: string): readonly editor.IModelDeltaDecoration[] {
  const { on } = row.breakpoint;
  const place = row.line ?? (on.kind === 'line' ? on : null);
  if (place === null || place.file !== path) return [];
  const { line } = place;
  return [
    {
      range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
      options: {
        glyphMarginClassName: `codicon codicon-${breakpointIcon(row)} debug-glyph-breakpoint`,
        glyphMarginHoverMessage: {
          value: row.words ?? (row.verified ? 'Breakpoint' : 'Unverified breakpoint'),
        },
        stickiness: 1,
      },
    },
  ];
}

const markOf = (line: number, kind: 'stop' | 'call'): editor.IModelDeltaDecoration => ({
  range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
  options: {
    isWholeLine: true,
    className: `debug-line-${kind}`,
    glyphMarginClassName: `codicon codicon-debug-stackframe${kind === 'stop' ? '' : '-dot'} debug-glyph-${kind}`,
    glyphMarginHoverMessage: {
      value:
        kind === 'stop'
          ? 'The next instruction is here'
          : 'The chosen call, or what it was called for, is here',
    },
    zIndex: 10,
  },
});

/** Behind the end of the line, where it takes no room from the text. */
const valuesOf = (line: number, words: string): editor.IModelDeltaDecoration => ({
  range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: maxColumn },
  options: {
    after: { content: `  ${words}`, inlineClassName: 'debug-inline-values' },
    showIfCollapsed: true,
  },
});

/** The editor takes the line's end for it. */
const maxColumn = 1_000_000;
