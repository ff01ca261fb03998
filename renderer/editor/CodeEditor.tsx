/** The editor of one document. */
import { useEffect, useRef } from 'react';
import { useStudioContext } from '../store/context';
import { documentPanelId } from '../store/document-view';
import { drawDebugMarks } from './debug-marks';
import type { EditorKit } from './editor-kit';
import { editorOptions } from './options';
import './editor.css';

export function CodeEditor({ path, kit }: { path: string; kit: EditorKit }) {
  const studio = useStudioContext();
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (place.current === null) return undefined;
    const { store } = studio;
    const { monaco, models } = kit;
    const model = models.of(path);
    const editor = monaco.editor.create(place.current, {
      ...editorOptions,
      glyphMargin: true,
      model,
      ariaLabel: path,
    });
    editor.restoreViewState(models.viewState(path));

    const tellCursor = (): void => {
      const position = editor.getPosition();
      const selection = editor.getSelection();
      if (position === null) return;
      const selected = selection === null ? 0 : model.getValueLengthInRange(selection);
      store.getState().setCursor({ path, line: position.lineNumber, column: position.column, selected });
    };
    let shownReveal = 0;
    let shownWish = 0;
    const follow = (): void => {
      const { reveal, panelWish } = store.getState();
      if (reveal !== null && reveal.position.file === path && reveal.serial > shownReveal) {
        shownReveal = reveal.serial;
        const { line = 1, column = 1, length = 0 } = reveal.position;
        const start = { lineNumber: line, column };
        const end = model.getPositionAt(model.getOffsetAt(start) + length);
        editor.setSelection({
          startLineNumber: line,
          startColumn: column,
          endLineNumber: end.lineNumber,
          endColumn: end.column,
        });
        editor.revealLineInCenterIfOutsideViewport(line);
      }
      if (panelWish !== null && panelWish.id === documentPanelId(path) && panelWish.serial > shownWish) {
        shownWish = panelWish.serial;
        if (panelWish.focus) editor.focus();
      }
    };
    follow();
    if (store.getState().activeDocument === path) tellCursor();
    const marks = drawDebugMarks(editor, path, studio);
    const unsubscribe = store.subscribe(follow);
    const focusing = editor.onDidFocusEditorText(tellCursor);
    const moving = editor.onDidChangeCursorSelection(tellCursor);
    return () => {
      unsubscribe();
      marks.dispose();
      focusing.dispose();
      moving.dispose();
      // The model may be gone already when the document was closed.
      if (!model.isDisposed()) models.keepViewState(path, editor.saveViewState());
      editor.dispose();
    };
  }, [path, kit, studio]);

  return <div ref={place} className="code-editor" />;
}
