/** The text on disk beside the one in the editor, which can be changed here, too. */
import { useEffect, useRef } from 'react';
import type { EditorKit } from './editor-kit';
import { languageOf } from './models';
import { editorOptions } from './options';
import './editor.css';

export function CompareView({ path, theirs, kit }: { path: string; theirs: string; kit: EditorKit }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    const { monaco, models } = kit;
    const original = monaco.editor.createModel(theirs, languageOf(path));
    const editor = monaco.editor.createDiffEditor(place.current, {
      ...editorOptions,
      originalEditable: false,
      renderMarginRevertIcon: false,
    });
    editor.setModel({ original, modified: models.of(path) });
    editor.getModifiedEditor().focus();
    return () => {
      editor.setModel(null);
      editor.dispose();
      original.dispose();
    };
  }, [path, theirs, kit]);
  return (
    <div className="compare">
      <div className="compare-heads">
        <span className="compare-theirs">− on disk</span>
        <span className="compare-mine">+ yours</span>
      </div>
      <div ref={place} className="code-editor" />
    </div>
  );
}
