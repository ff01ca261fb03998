/**
 * The editor's models: one for each open document, for as long as it is open. A model is where the document's text
 * lies, so that undo, cursor and folding outlive the tab's editor.
 */
import type { editor } from 'monaco-editor/editor/editor.api';
import type { WireDiagnostic } from '../../core/studio/protocol/wire';
import type { StudioStore } from '../store/studio';
import { currentTheme } from '../store/theme';
import { editorThemes } from './themes';
import type { Monaco } from './load-monaco';

export interface Models {
  /** The model of a document whose text has come. */
  of(path: string): editor.ITextModel;
  /** How the editor stood when it was last closed. */
  viewState(path: string): editor.ICodeEditorViewState | null;
  keepViewState(path: string, state: editor.ICodeEditorViewState | null): void;
}

export function createModels(monaco: Monaco, store: StudioStore): Models {
  const models = new Map<string, editor.ITextModel>();
  const viewStates = new Map<string, editor.ICodeEditorViewState>();

  for (const [name, theme] of Object.entries(editorThemes))
    monaco.editor.defineTheme(`kernelscope-${name}`, theme);
  const paint = (): void => monaco.editor.setTheme(`kernelscope-${currentTheme(store.getState())}`);
  paint();

  const mark = (path: string, model: editor.ITextModel): void => {
    const problems = store.getState().problemsByFile[path] ?? [];
    monaco.editor.setModelMarkers(
      model,
      'contract',
      problems.map((problem) => toMarker(monaco, model, problem)),
    );
  };

  store.subscribe((state, before) => {
    if (currentTheme(state) !== currentTheme(before)) paint();
    for (const [path, model] of models) {
      if (state.problemsByFile[path] !== before.problemsByFile[path]) mark(path, model);
      // A document that was read anew, after it could not be read, begins anew.
      if (state.documents[path]?.state === 'ready') continue;
      models.delete(path);
      viewStates.delete(path);
      model.dispose();
    }
  });

  return {
    of(path) {
      const known = models.get(path);
      if (known !== undefined) return known;
      const { textOf, attachBuffer, edited } = store.getState();
      const uri = monaco.Uri.from({ scheme: 'file', path: `/${path}` });
      // A library may have claimed the name before.
      monaco.editor.getModel(uri)?.dispose();
      const model = monaco.editor.createModel(textOf(path), languageOf(path), uri);
      models.set(path, model);
      attachBuffer(path, {
        text: () => model.getValue(),
        setText: (text) => replaceText(model, text),
      });
      model.onDidChangeContent(() => edited(path));
      mark(path, model);
      return model;
    },
    viewState: (path) => viewStates.get(path) ?? null,
    keepViewState(path, state) {
      if (state !== null) viewStates.set(path, state);
    },
  };
}

/** As an edit of what differs alone: it can be undone, and cursors elsewhere stay where they are. */
function replaceText(model: editor.ITextModel, text: string): void {
  const before = model.getValue();
  const shorter = Math.min(before.length, text.length);
  let start = 0;
  while (start < shorter && before[start] === text[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === text.at(-1 - tail)) tail++;
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(before.length - tail);
  const range = {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
  model.pushEditOperations([], [{ range, text: text.slice(start, text.length - tail) }], () => null);
}

/** Only by the file's ending. */
export function languageOf(path: string): string {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return languageByEnding[ending] ?? 'plaintext';
}

const languageByEnding: Readonly<Record<string, string>> = {
  ts: 'typescript',
  js: 'javascript',
  wat: 'wat',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  md: 'markdown',
};

function toMarker(monaco: Monaco, model: editor.ITextModel, problem: WireDiagnostic): editor.IMarkerData {
  const { line, column, length, severity, message, code } = problem;
  const from = Math.min(Math.max(line, 1), model.getLineCount());
  // A length may go on over line ends.
  const start = model.getOffsetAt({ lineNumber: from, column });
  const end = model.getPositionAt(start + Math.max(length, 1));
  const severities = {
    error: monaco.MarkerSeverity.Error,
    warning: monaco.MarkerSeverity.Warning,
    info: monaco.MarkerSeverity.Info,
  };
  return {
    startLineNumber: from,
    startColumn: column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
    severity: severities[severity],
    message,
    ...(code === '' ? {} : { code }),
  };
}
