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
  /** `null` lets go of it. The host is told only of what it doesn't know. */
  keep(path: string, draft: Draft | null): void;
}

export function createDrafts(client: StudioClient): Drafts {
  const kept = new Map<string, Draft>();
  /** What the host could not be told of. */
  const untold = new Set<string>();
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
      const same = before?.text === draft?.text && before?.version === draft?.version;
      if (same && !untold.has(path)) return;
      if (draft === null) kept.delete(path);
      else kept.set(path, draft);
      untold.delete(path);
      void client
        .call('drafts.keep', { path, text: draft?.text ?? null, version: draft?.version ?? null })
        .then((answer) => {
          if (!answer.ok) untold.add(path);
        });
    },
  };
}
