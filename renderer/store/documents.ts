/**
 * The open documents: what is known of each file, and what is done with it. Their texts lie outside the store, for they
 * change with each key; a document says whether its text differs from the file.
 */
import type { Disposable } from '../../core/base/disposal';
import type { Fault } from '../../core/base/fault';
import { bindContract } from './bind-contract';
import { createContractChecks, isContract, isOfImportSets } from './contract-checks';
import { rebuildContracts } from './rebuild-contracts';
import { documentPanelId } from './document-view';
import { createDrafts } from './drafts';
import { isInFolder, movedPath } from './paths';
import type { SliceOf } from './studio';

/** What became of the file while there were unsaved changes here. */
export type Theirs =
  | { readonly kind: 'changed'; readonly text: string; readonly version: string }
  | { readonly kind: 'removed' };

export interface OpenDocument {
  readonly path: string;
  readonly state: 'loading' | 'ready' | 'failed';
  /** Why it could not be read. */
  readonly fault: Fault | null;
  /** Of the file that the text comes from; `null` when there is none on disk. */
  readonly version: string | null;
  readonly dirty: boolean;
  readonly saving: boolean;
  /** Set while the user has to choose between two texts. */
  readonly theirs: Theirs | null;
}

/** Where a text lies: a plain string at first, the editor's model once there is one. */
export interface TextBuffer {
  text(): string;
  setText(text: string): void;
}

export interface DocumentsSlice {
  readonly documents: Readonly<Record<string, OpenDocument>>;
  /** Opens without bringing to the front, as at the start. Answers once its text is there. */
  loadDocument(path: string): Promise<void>;
  textOf(path: string): string;
  /** The editor's model takes over as the place of the text. */
  attachBuffer(path: string, buffer: TextBuffer): void;
  /** The text has changed by the user's hand. */
  edited(path: string): void;

  /** Writes the file; builds and binds it when it is a contract. */
  saveDocument(path: string): Promise<boolean>;
  saveAllDocuments(): Promise<void>;
  /** Closes them, unsaved changes and all. */
  forgetDocuments(paths: readonly string[]): void;
  resolveTheirs(path: string, take: 'mine' | 'theirs'): void;

  /** Files were changed by someone, perhaps by us. */
  filesChanged(paths: readonly string[]): Promise<void>;
  /** A file or folder was moved: open documents and drafts move with it. */
  documentsMoved(from: string, to: string): void;
  /** Reads the drafts of the page before this one; answers with their paths. */
  loadDrafts(): Promise<readonly string[]>;
  /** Tells the host of what it missed while it was away. */
  keepDraftsAgain(): void;
  /** Keeps every draft at once: the page is about to go. */
  flushDrafts(): void;
}

export const createDocumentsSlice: SliceOf<DocumentsSlice> = (set, get, { client, clock }) => {
  const drafts = createDrafts(client);
  const checks = createContractChecks({
    client,
    onChecked: (path, diagnostics) => get().setProblems(path, diagnostics),
  });
  const buffers = new Map<string, TextBuffer>();
  /** The texts as they are on disk. */
  const saved = new Map<string, string>();
  const settling = new Map<string, Disposable>();

  const patch = (path: string, part: Partial<OpenDocument>): void => {
    const document = get().documents[path];
    if (document !== undefined) set({ documents: { ...get().documents, [path]: { ...document, ...part } } });
  };

  const textOf = (path: string): string => buffers.get(path)?.text() ?? '';

  /** Some moments after the last change: is it a change still, what do the compilers say, and is it safe? */
  const settle = (path: string): void => {
    settling.get(path)?.dispose();
    settling.delete(path);
    const document = get().documents[path];
    if (document?.state !== 'ready') return;
    const text = textOf(path);
    const dirty = document.version === null || text !== saved.get(path);
    if (dirty !== document.dirty) patch(path, { dirty });
    drafts.keep(path, dirty || document.theirs !== null ? { text, version: document.version } : null);
    checks.check(path, text);
  };

  const settleSoon = (path: string): void => {
    settling.get(path)?.dispose();
    settling.set(
      path,
      clock.after(settleAfter, () => settle(path)),
    );
  };

  /** The document's text is now that of the file. */
  const takeText = (path: string, text: string, version: string): void => {
    saved.set(path, text);
    const buffer = buffers.get(path);
    if (buffer === undefined) buffers.set(path, plainBuffer(text));
    else if (buffer.text() !== text) buffer.setText(text);
    patch(path, { state: 'ready', fault: null, version, dirty: false, theirs: null });
    settle(path);
  };

  const load = async (path: string): Promise<void> => {
    const read = await client.call('files.read', { path });
    const document = get().documents[path];
    if (document === undefined || document.state === 'ready') return;
    const draft = drafts.of(path);
    if (!read.ok) {
      if (draft === null || read.error.code !== 'not-found') {
        patch(path, { state: 'failed', fault: read.error });
        return;
      }
      buffers.set(path, plainBuffer(draft.text));
      patch(path, { state: 'ready', fault: null, version: null, dirty: true, theirs: { kind: 'removed' } });
      return;
    }
    const { text, version } = read.value;
    if (draft === null || draft.text === text) {
      takeText(path, text, version);
      return;
    }
    saved.set(path, text);
    buffers.set(path, plainBuffer(draft.text));
    const theirs: Theirs | null = draft.version === version ? null : { kind: 'changed', text, version };
    patch(path, { state: 'ready', fault: null, version: draft.version, dirty: true, theirs });
    checks.check(path, draft.text);
  };

  const forget = (paths: readonly string[]): void => {
    const documents = { ...get().documents };
    for (const path of paths) {
      delete documents[path];
      buffers.delete(path);
      saved.delete(path);
      settling.get(path)?.dispose();
      settling.delete(path);
      drafts.keep(path, null);
      checks.forget(path);
    }
    set({ documents });
    get().leaveDocuments(paths);
  };

  /** What the file has become, weighed against what is here. */
  const compareWithDisk = async (path: string): Promise<void> => {
    const before = get().documents[path];
    if (before === undefined || before.saving) return;
    if (before.state === 'failed') {
      patch(path, { state: 'loading' });
      await load(path);
      return;
    }
    const read = await client.call('files.read', { path });
    const document = get().documents[path];
    if (document?.state !== 'ready' || document.saving) return;
    if (!read.ok) {
      if (read.error.code !== 'not-found' || document.version === null) return;
      patch(path, { version: null, dirty: true, theirs: { kind: 'removed' } });
      settle(path);
      return;
    }
    const { text, version } = read.value;
    if (version === document.version) {
      if (document.theirs !== null) patch(path, { theirs: null });
    } else if (textOf(path) === text || textOf(path) === saved.get(path)) takeText(path, text, version);
    else {
      patch(path, { theirs: { kind: 'changed', text, version } });
      settle(path);
    }
  };

  return {
    documents: {},
    async loadDocument(path) {
      const document = get().documents[path];
      if (document !== undefined && document.state !== 'failed') return;
      set({ documents: { ...get().documents, [path]: newDocument(path) } });
      await load(path);
    },
    textOf,
    attachBuffer: (path, buffer) => void buffers.set(path, buffer),
    edited(path) {
      const document = get().documents[path];
      if (document?.state !== 'ready') return;
      if (!document.dirty) patch(path, { dirty: true });
      settleSoon(path);
    },

    async saveDocument(path) {
      const document = get().documents[path];
      if (document?.state !== 'ready' || document.saving) return false;
      const text = textOf(path);
      patch(path, { saving: true });
      const version = document.theirs?.kind === 'removed' ? null : document.version;
      const written = await client.call('files.write', { path, text, version });
      patch(path, { saving: false });
      if (!written.ok) {
        if (written.error.code === 'changed-on-disk') await compareWithDisk(path);
        else get().notifyFault(`${path} could not be saved`, written.error);
        return false;
      }
      saved.set(path, text);
      patch(path, { version: written.value.version, theirs: null });
      settle(path);
      if (isContract(path)) await (isOfImportSets(path) ? rebuildContracts : bindContract)(client, get, path);
      return true;
    },
    async saveAllDocuments() {
      const dirty = Object.values(get().documents).filter((document) => document.dirty);
      for (const { path } of dirty) await get().saveDocument(path);
    },
    forgetDocuments: forget,
    resolveTheirs(path, take) {
      const document = get().documents[path];
      if (document === undefined || document.theirs === null) return;
      const { theirs } = document;
      if (take === 'mine') {
        patch(path, {
          theirs: null,
          dirty: true,
          version: theirs.kind === 'changed' ? theirs.version : null,
        });
        if (theirs.kind === 'changed') saved.set(path, theirs.text);
        settle(path);
      } else if (theirs.kind === 'changed') takeText(path, theirs.text, theirs.version);
      else forget([path]);
    },

    async filesChanged(paths) {
      const concerned = Object.keys(get().documents).filter((path) =>
        paths.some((changed) => isInFolder(path, changed)),
      );
      await Promise.all(concerned.map(compareWithDisk));
    },
    documentsMoved(from, to) {
      get().forgetProblems(from);
      for (const [path, document] of Object.entries(get().documents)) {
        const moved = movedPath(path, from, to);
        if (moved === null) continue;
        const wasActive = get().activeDocument === path;
        const text = textOf(path);
        const savedText = saved.get(path);
        forget([path]);
        buffers.set(moved, plainBuffer(text));
        if (savedText !== undefined) saved.set(moved, savedText);
        set({ documents: { ...get().documents, [moved]: { ...document, path: moved } } });
        settle(moved);
        if (wasActive) get().showPanel(documentPanelId(moved));
      }
    },
    loadDrafts: drafts.load,
    keepDraftsAgain() {
      for (const path of Object.keys(get().documents)) settle(path);
    },
    flushDrafts() {
      for (const path of settling.keys()) settle(path);
    },
  };
};

/** Milliseconds without a key before a text is kept and checked. */
const settleAfter = 300;

const newDocument = (path: string): OpenDocument => ({
  path,
  state: 'loading',
  fault: null,
  version: null,
  dirty: false,
  saving: false,
  theirs: null,
});

function plainBuffer(initial: string): TextBuffer {
  let text = initial;
  return { text: () => text, setText: (next) => void (text = next) };
}
