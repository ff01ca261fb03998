/** Documents on their way out: those with unsaved changes wait for the user's word. */
import type { SliceOf } from './studio';

export interface ClosingSlice {
  /** Documents whose closing waits for the user's word about their changes. */
  readonly closing: readonly string[];
  /** Asks about unsaved changes first. */
  closeDocument(path: string): void;
  closeDocuments(paths: readonly string[]): void;
  answerClosing(answer: 'save' | 'discard' | 'cancel'): Promise<void>;
}

export const createClosingSlice: SliceOf<ClosingSlice> = (set, get) => ({
  closing: [],
  closeDocument: (path) => get().closeDocuments([path]),
  closeDocuments(paths) {
    const { documents } = get();
    const dirty = paths.filter((path) => documents[path]?.dirty === true);
    get().forgetDocuments(paths.filter((path) => !dirty.includes(path)));
    set({ closing: dirty });
  },
  async answerClosing(answer) {
    const { closing } = get();
    set({ closing: [] });
    if (answer === 'discard') {
      get().forgetDocuments(closing);
      for (const path of closing) get().forgetProblems(path);
    }
    if (answer !== 'save') return;
    for (const path of closing) if (await get().saveDocument(path)) get().forgetDocuments([path]);
  },
});
