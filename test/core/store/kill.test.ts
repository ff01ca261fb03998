import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';
import { batchKey, batchOf } from './writer';

const program = `
  import { runnerImport } from 'vite';
  const [, file, folder, first] = process.argv;
  const { module } = await runnerImport(file);
  module.writeForever(folder, Number(first));
`;

/** Kills the writer in the middle of whatever it does once it has told of `count` batches; gives the last it told of. */
function killAfter(count: number, folder: string, first: number): Promise<number> {
  const file = join(import.meta.dirname, 'writer.ts');
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, file, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (told.split('\n').length > count) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.on('close', () => {
      resolve(Number(told.slice(0, told.lastIndexOf('\n')).split('\n').at(-1)));
    });
  });
}

it('keeps what it called durable when it is killed, and nothing by halves', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  let first = 0;
  for (const count of [1, 17, 60, 33]) {
    const lastTold = await killAfter(count, folder, first);
    expect(lastTold).toBeGreaterThanOrEqual(first);
    const opened = openLmdbStorage(folder);
    if (!opened.ok) throw new Error(opened.error.message);
    const kept = Array.from(opened.value.entries('batch/', 'batch0'), ([key]) => key);
    expect(kept).toEqual(kept.map((_, number) => batchKey(number)));
    expect(kept.length).toBeGreaterThan(lastTold);
    for (let number = 0; number < kept.length; number++) {
      const { blocks } = batchOf(number);
      const lost = blocks.filter(([hash]) => opened.value.block(hash) === undefined);
      expect(lost).toEqual([]);
    }
    opened.value.close();
    first = kept.length;
  }
  rmSync(folder, { recursive: true });
});
