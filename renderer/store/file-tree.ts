import type { Fault } from '../../core/base/fault';
import { type Result, ok } from '../../core/base/result';
import { isInFolder, nameOf } from './paths';
import type { SliceOf } from './studio';

export type FileKind = 'file' | 'folder';

/** Asks the file tree for an empty field to name a new file or folder in. */
export interface NewFileWish {
  readonly kind: FileKind;
  readonly serial: number;
}

export interface FileTreeSlice {
  readonly newFileWish: NewFileWish | null;
  /** Paths that changed on disk, as last told. */
  readonly lastChanges: readonly string[];
  wishNewFile(kind: FileKind): void;
  setLastChanges(paths: readonly string[]): void;
  /** Makes it; a file is opened at once. */
  createFile(path: string, kind: FileKind): Promise<Result<null, Fault>>;
  renameFile(from: string, to: string): Promise<Result<null, Fault>>;
  /** Moves it to the trash and offers to take it back; tells of a failure itself. */
  removeFile(path: string): Promise<void>;
}

export const createFileTreeSlice: SliceOf<FileTreeSlice> = (set, get, { client }) => {
  const restore = async (undo: string): Promise<void> => {
    const restored = await client.call('files.restore', { undo });
    if (!restored.ok) get().notifyFault('It could not be taken back', restored.error);
  };
  return {
    newFileWish: null,
    lastChanges: [],
    wishNewFile(kind) {
      get().showPanel('files');
      set({ newFileWish: { kind, serial: (get().newFileWish?.serial ?? 0) + 1 } });
    },
    setLastChanges: (lastChanges) => set({ lastChanges }),
    async createFile(path, kind) {
      const created = await client.call('files.create', { path, kind });
      if (!created.ok) return created;
      if (kind === 'file') get().openDocument(path);
      return ok(null);
    },
    async renameFile(from, to) {
      const renamed = await client.call('files.rename', { from, to });
      if (!renamed.ok) return renamed;
      get().documentsMoved(from, to);
      return ok(null);
    },
    async removeFile(path) {
      const removed = await client.call('files.remove', { path });
      if (!removed.ok) {
        get().notifyFault(`${path} could not be deleted`, removed.error);
        return;
      }
      get().forgetProblems(path);
      // Unsaved texts stay, and say that their file is gone.
      const { documents, closeDocuments, notify } = get();
      closeDocuments(
        Object.values(documents)
          .filter((document) => !document.dirty && isInFolder(document.path, path))
          .map((document) => document.path),
      );
      notify({
        kind: 'info',
        text: `${nameOf(path)} was deleted.`,
        actions: [{ label: 'Undo', run: () => void restore(removed.value.undo) }],
      });
    },
  };
};
