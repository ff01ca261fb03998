import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock } from '../../../core/host/lock';
import { temporaryFolder } from './temporary';

test('a workspace is held by one, who is named with its address, until it is let go', async () => {
  const path = join(temporaryFolder(), 'lock');
  const first = await acquireLock(path);
  if (!first.ok) throw new Error(first.error.message);
  expect(first.value.takenOver).toBe(false);
  await first.value.announce('http://127.0.0.1:1234/?token=x');
  expect(await acquireLock(path)).toStrictEqual({
    ok: false,
    error: {
      code: 'already-open',
      message: `this workspace is open already, in process ${process.pid} at http://127.0.0.1:1234/?token=x`,
      remedy: 'open that address, or end that process',
    },
  });
  first.value.release();
  first.value.release();
  expect(await acquireLock(path)).toMatchObject({ ok: true, value: { takenOver: false } });
});

test('a lock that was removed meanwhile is let go without the one that came after it', async () => {
  const path = join(temporaryFolder(), 'lock');
  const first = await acquireLock(path);
  const other = JSON.stringify({ pid: 1, started: 'long ago', url: null });
  writeFileSync(path, other);
  if (first.ok) first.value.release();
  expect(readFileSync(path, 'utf8')).toBe(other);
});

test('of many that try at once, one has it', async () => {
  const path = join(temporaryFolder(), 'lock');
  const attempts = await Promise.all(Array.from({ length: 10 }, () => acquireLock(path)));
  expect(attempts.filter(({ ok }) => ok)).toHaveLength(1);
});

test('the lock of a process that was killed is taken over', async () => {
  const path = join(temporaryFolder(), 'lock');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  writeFileSync(path, JSON.stringify({ pid: child.pid, started: startOf(child.pid ?? 0), url: null }));
  expect(await acquireLock(path)).toMatchObject({ ok: false, error: { code: 'already-open' } });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await acquireLock(path)).toMatchObject({ ok: true, value: { takenOver: true } });
});

test.runIf(process.platform === 'linux')('a later process of the same number is no holder', async () => {
  const path = join(temporaryFolder(), 'lock');
  writeFileSync(path, JSON.stringify({ pid: process.pid, started: 'before', url: null }));
  expect(await acquireLock(path)).toMatchObject({ ok: true, value: { takenOver: true } });
});

test.each(['', '{', '{"pid":"x"}'])('a lock that holds %j is nobody’s', async (content) => {
  const path = join(temporaryFolder(), 'lock');
  writeFileSync(path, content);
  expect(await acquireLock(path)).toMatchObject({ ok: true });
});

/** The process's start, as the system counts it. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
