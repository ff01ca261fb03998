import type { SliceOf } from './studio';

/** Asks the file tree for an empty field to name a new file or folder in. */
export interface NewFileWish {
  readonly kind: 'file' | 'folder';
  readonly serial: number;
}

export interface FileTreeSlice {
  readonly newFileWish: NewFileWish | null;
  /** Paths that changed on disk, as last told. */
  readonly lastChanges: readonly string[];
  wishNewFile(kind: 'file' | 'folder'): void;
  setLastChanges(paths: readonly string[]): void;
}

export const createFileTreeSlice: SliceOf<FileTreeSlice> = (set, get) => ({
  newFileWish: null,
  lastChanges: [],
  wishNewFile(kind) {
    get().showPanel('files');
    set({ newFileWish: { kind, serial: (get().newFileWish?.serial ?? 0) + 1 } });
  },
  setLastChanges: (lastChanges) => set({ lastChanges }),
});
