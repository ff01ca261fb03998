import type { editor } from 'monaco-editor/editor/editor.api';

export const editorOptions: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSize: 13,
  lineHeight: 20,
  minimap: { enabled: false },
  padding: { top: 8, bottom: 8 },
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  tabSize: 2,
  renderLineHighlight: 'all',
  renderWhitespace: 'selection',
  fixedOverflowWidgets: true,
  bracketPairColorization: { enabled: false },
  guides: { indentation: true },
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  stickyScroll: { enabled: false },
  wordBasedSuggestions: 'currentDocument',
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
};
