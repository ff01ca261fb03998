/** Unsaved texts, kept by the host as they change. */
import type { StudioClient } from '../app/connection';

export interface Draft {
  readonly text: string;
  /** Of the file it was made from; `null` when there was none. */
  readonly version: string | null;
}

export interface Drafts {
  /** Reads what was kept before this page was opened; answers with the paths. */
  load(): Promise<readonly string[]>;
  of(path: string): Draft | null;
  /** `null` lets go of it. The host is told only of what is new. */
  keep(path: string, draft: Draft | null): void;
}

export function createDrafts(client: StudioClient): Drafts {
  const kept = new Map<string, Draft>();
  return {
    async load() {
      const listed = await client.call('drafts.list', {});
      if (!listed.ok) return [];
      for (const { path, text, version } of listed.value.drafts) kept.set(path, { text, version });
      return [...kept.keys()];
    },
    of: (path) => kept.get(path) ?? null,
    keep(path, draft) {
      const before = kept.get(path) ?? null;
      if (before?.text === draft?.text && before?.version === draft?.version) return;
      if (draft === null) kept.delete(path);
      else kept.set(path, draft);
      void client
        .call('drafts.keep', { path, text: draft?.text ?? null, version: draft?.version ?? null })
        .then((answer) => {
          // It has to be tried again with the next change.
          if (!answer.ok && kept.get(path) === draft) kept.delete(path);
        });
    },
  };
}
