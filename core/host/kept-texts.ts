/** What the window keeps between its lives: unsaved texts, and its own layout and settings. */
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { bytesToHex, textToBytes } from '../base/bytes';
import { err, ok } from '../base/result';
import type { workspaceProtocol } from '../studio/protocol/workspace';
import type { Handlers } from '../studio/rpc/serve';
import type { Workspace } from '../workspace/workspace';
import { nativeHashOf } from '../store/native-hash';
import { systemFault } from './system-fault';

export type KeptTextHandlers = Pick<
  Handlers<typeof workspaceProtocol>,
  'drafts.list' | 'drafts.keep' | 'window.read' | 'window.write'
>;

export function createKeptTexts({ kept }: Workspace): KeptTextHandlers {
  return {
    async 'drafts.list'() {
      const names = await readdir(kept.drafts).catch(() => []);
      const drafts = await Promise.all(
        names.filter((name) => name.endsWith('.json')).map((name) => readDraft(join(kept.drafts, name))),
      );
      return ok({ drafts: drafts.filter((kept) => kept !== null) });
    },
    async 'drafts.keep'({ path, text, version }) {
      const file = join(kept.drafts, `${bytesToHex(nativeHashOf(textToBytes(path))).slice(0, 32)}.json`);
      try {
        await mkdir(kept.drafts, { recursive: true });
        if (text === null) await rm(file, { force: true });
        else await writeFileAtomic(file, JSON.stringify({ path, text, version }));
        return ok({});
      } catch (error) {
        return err(systemFault(`the draft of ${path}`, error));
      }
    },
    async 'window.read'() {
      return ok({ state: await readFile(kept.window, 'utf8').catch(() => null) });
    },
    async 'window.write'({ state }) {
      try {
        await mkdir(kept.folder, { recursive: true });
        await writeFileAtomic(kept.window, state);
        return ok({});
      } catch (error) {
        return err(systemFault("the window's layout", error));
      }
    },
  };
}

const draft = z.object({ path: z.string(), text: z.string(), version: z.string().nullable() });

/** A draft that can't be read is none: it is no reason not to open. */
async function readDraft(file: string): Promise<z.infer<typeof draft> | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return draft.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
