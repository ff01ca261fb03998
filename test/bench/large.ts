/** What a world of 10,000 kernels, 1,000,000 keys and 100,000 messages takes, in a process of its own. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { type Row, median } from './row';

const measured = z.object({
  messages: z.int().min(100_000),
  mostBytes: z.number(),
  milliseconds: z.number(),
  bytesOnDisk: z.number(),
});

export function largeWorldRows(runs: number): readonly Row[] {
  const program = join(import.meta.dirname, 'large-world.js');
  const results = Array.from({ length: runs }, () =>
    measured.parse(JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' }))),
  );
  const row = (
    promise: string,
    unit: string,
    goal: Row['goal'],
    of: (result: z.infer<typeof measured>) => number,
  ): Row => ({
    promise: `10,000 kernels, 1,000,000 keys, 100,000 messages: ${promise}`,
    ours: median(results.map(of)),
    unit,
    peer: null,
    goal,
  });
  return [
    row('most memory', 'MiB', { atMost: 1024 }, ({ mostBytes }) => mostBytes / 2 ** 20),
    row('start again', 'ms', null, ({ milliseconds }) => milliseconds),
    row('on disk', 'MiB', null, ({ bytesOnDisk }) => bytesOnDisk / 2 ** 20),
  ];
}
