/** What the debugger draws in the editor of a file: the line it stands at, and the lines of the calls around it. */
import type { editor } from 'monaco-editor/editor/editor.api';
import type { Disposable } from '../../core/base/disposal';
import type { Studio } from '../store/context';
import type { StudioState } from '../store/studio';
import { namesInLine } from './debug-hover';

/** Keeps the marks in an editor as the session in front moves; brings the line it stands at into sight. */
export function drawDebugMarks(view: editor.IStandaloneCodeEditor, path: string, studio: Studio): Disposable {
  const { store } = studio;
  const marks = view.createDecorationsCollection();
  const values = view.createDecorationsCollection();
  let drawn: StudioState['debugFrame'] | null = null;
  const draw = (): void => {
    const { debugFrame, debugStop } = store.getState();
    if (debugFrame === drawn) return;
    drawn = debugFrame;
    const line = lineIn(path, debugFrame.place);
    const top = lineIn(path, debugStop?.place ?? null);
    const lineCount = view.getModel()?.getLineCount() ?? 0;
    const isThere = (each: number | null): each is number => each !== null && each <= lineCount;
    marks.set([
      ...(isThere(top) ? [markOf(top, 'stop')] : []),
      ...(isThere(line) && line !== top ? [markOf(line, 'call')] : []),
    ]);
    void drawValues(isThere(line) ? line : null);
    if (isThere(line)) view.revealLineInCenterIfOutsideViewport(line);
  };
  const drawValues = async (line: number | null): Promise<void> => {
    const model = view.getModel();
    const frame = drawn;
    const words = model === null || line === null ? '' : await namesInLine(studio, model, line);
    if (frame === drawn) values.set(words === '' || line === null ? [] : [valuesOf(line, words)]);
  };
  draw();
  const unsubscribe = store.subscribe(draw);
  return {
    dispose() {
      unsubscribe();
      drawn = null;
      marks.clear();
      values.clear();
    },
  };
}

function lineIn(path: string, place: StudioState['debugFrame']['place']): number | null {
  const source = place?.source;
  return source?.file === path && source.line !== undefined ? source.line : null;
}

const markOf = (line: number, kind: 'stop' | 'call'): editor.IModelDeltaDecoration => ({
  range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
  options: {
    isWholeLine: true,
    className: `debug-line-${kind}`,
    glyphMarginClassName: `codicon codicon-debug-stackframe${kind === 'stop' ? '' : '-dot'} debug-glyph-${kind}`,
    glyphMarginHoverMessage: {
      value: kind === 'stop' ? 'The next instruction is here' : 'The chosen call is here',
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
