/** Where the user is among the documents: which one, at which place. */
import type { SliceOf } from './studio';

/** A place in a file; without a line, its beginning. */
export interface SourcePlace {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly length?: number | undefined;
}

/** A place to show; `serial` tells one wish from the next for the same place. */
export interface Reveal {
  readonly position: SourcePlace;
  readonly serial: number;
}

export interface Cursor {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** Characters selected. */
  readonly selected: number;
}

export interface DocumentViewSlice {
  /** The document that was active last, also while a panel has the keyboard. */
  readonly activeDocument: string | null;
  readonly reveal: Reveal | null;
  readonly cursor: Cursor | null;
  /** Opens a file, or brings it to the front; the keyboard goes there unless `focus` is false. */
  openDocument(path: string, focus?: boolean): void;
  /** The same at a place in it. */
  openSource(position: SourcePlace, focus?: boolean): void;
  setActiveDocument(path: string | null): void;
  setCursor(cursor: Cursor | null): void;
  /** These documents are open no more. */
  leaveDocuments(paths: readonly string[]): void;
}

export const createDocumentViewSlice: SliceOf<DocumentViewSlice> = (set, get) => ({
  activeDocument: null,
  reveal: null,
  cursor: null,
  openDocument(path, focus = true) {
    void get().loadDocument(path);
    get().showPanel(documentPanelId(path), focus);
  },
  openSource(position, focus = true) {
    get().openDocument(position.file, focus);
    set({ reveal: { position, serial: (get().reveal?.serial ?? 0) + 1 } });
  },
  setActiveDocument: (activeDocument) => set({ activeDocument }),
  setCursor(cursor) {
    set({ cursor });
    if (get().codeCursor !== null) get().setCodeCursor(null);
  },
  leaveDocuments(paths) {
    const { activeDocument, cursor } = get();
    set({
      activeDocument: activeDocument !== null && paths.includes(activeDocument) ? null : activeDocument,
      cursor: cursor !== null && paths.includes(cursor.path) ? null : cursor,
    });
  },
});

/** The id of a document's panel in the dock. */
export const documentPanelId = (path: string): string => `editor:${path}`;
