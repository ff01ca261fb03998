import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FileHandlers, createFiles } from '../../../core/host/files';
import { temporaryFolder, temporaryWorkspace } from './temporary';

const { signal } = new AbortController();

type Params<Name extends keyof FileHandlers> = Parameters<FileHandlers[Name]>[0];

async function openFiles(content: Readonly<Record<string, string | Uint8Array>> = {}) {
  const workspace = await temporaryWorkspace(content);
  const files = createFiles(workspace);
  return {
    folder: workspace.folder,
    list: (params: Params<'files.list'>) => files['files.list'](params, signal),
    read: (path: string) => files['files.read']({ path }, signal),
    write: (params: Params<'files.write'>) => files['files.write'](params, signal),
    create: (params: Params<'files.create'>) => files['files.create'](params, signal),
    rename: (from: string, to: string) => files['files.rename']({ from, to }, signal),
    remove: (path: string) => files['files.remove']({ path }, signal),
    restore: (undo: string) => files['files.restore']({ undo }, signal),
  };
}

const faultCode = (code: string) => ({ ok: false, error: { code } });

test('lists folders first, then by name with numbers in order, a page at a time, without what the program keeps', async () => {
  const { list, folder } = await openFiles({ 'b.txt': 'bb', 'a10.txt': '', 'a9.txt': '', 'z/inner.txt': '' });
  mkdirSync(join(folder, '.kernelscope'));
  expect(await list({ folder: '', start: 0, count: 3 })).toStrictEqual({
    ok: true,
    value: {
      start: 0,
      total: 5,
      rows: [
        { path: 'z', name: 'z', kind: 'folder', size: 0 },
        { path: 'a9.txt', name: 'a9.txt', kind: 'file', size: 0 },
        { path: 'a10.txt', name: 'a10.txt', kind: 'file', size: 0 },
      ],
    },
  });
  expect(await list({ folder: 'z', start: 0, count: 100 })).toMatchObject({
    value: { total: 1, rows: [{ path: 'z/inner.txt' }] },
  });
  expect(await list({ folder: 'none', start: 0, count: 1 })).toMatchObject(faultCode('not-found'));
});

test('what is written is read, and a text that changed meanwhile is not written over', async () => {
  const { read, write, folder } = await openFiles();
  const written = await write({ path: 'a.ts', text: 'one\n', version: null });
  const first = await read('a.ts');
  expect(first).toMatchObject({ ok: true, value: { text: 'one\n' } });
  if (!written.ok || !first.ok) throw new Error('both went well');
  expect(first.value.version).toBe(written.value.version);

  writeFileSync(join(folder, 'a.ts'), 'another program was here\n');
  expect(await write({ path: 'a.ts', text: 'two\n', version: first.value.version })).toMatchObject(
    faultCode('changed-on-disk'),
  );
  expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe('another program was here\n');
  expect(await write({ path: 'a.ts', text: 'two\n', version: null })).toMatchObject({ ok: true });
  expect(await read('a.ts')).toMatchObject({ value: { text: 'two\n' } });
});

test('any text comes back as it was written', async () => {
  const { read, write } = await openFiles();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
      fc.pre(!text.includes('\0'));
      await write({ path: 'text', text, version: null });
      expect(await read('text')).toMatchObject({ ok: true, value: { text } });
    }),
    { numRuns: 30 },
  );
});

test('a file of 100 MB and one that is no text are refused in words', async () => {
  const { read, folder } = await openFiles({
    'image.png': Uint8Array.of(0x89, 0x50, 0, 1),
    'latin.txt': Uint8Array.of(0xe9),
  });
  writeFileSync(join(folder, 'large.txt'), '');
  truncateSync(join(folder, 'large.txt'), 100 * 1024 * 1024);
  expect(await read('large.txt')).toMatchObject({
    error: { code: 'too-large', message: 'large.txt has 104,857,600 bytes; the editor takes up to 4 MiB' },
  });
  expect(await read('image.png')).toMatchObject(faultCode('not-text'));
  expect(await read('latin.txt')).toMatchObject(faultCode('not-text'));
});

test('creates, renames, removes and restores', async () => {
  const { create, rename, remove, restore, read, folder } = await openFiles({ 'old.txt': 'kept' });
  expect(await create({ path: 'deep/er/new.ts', kind: 'file' })).toMatchObject({ ok: true });
  expect(await create({ path: 'deep/er/new.ts', kind: 'file' })).toMatchObject(faultCode('exists'));
  expect(await create({ path: 'deep', kind: 'folder' })).toMatchObject(faultCode('exists'));
  expect(await rename('old.txt', 'deep/er/new.ts')).toMatchObject(faultCode('exists'));
  expect(await rename('none.txt', 'some.txt')).toMatchObject(faultCode('not-found'));
  expect(await rename('old.txt', 'moved/young.txt')).toMatchObject({ ok: true });
  expect(await read('moved/young.txt')).toMatchObject({ value: { text: 'kept' } });

  const removed = await remove('moved');
  if (!removed.ok) throw new Error(removed.error.message);
  expect(existsSync(join(folder, 'moved'))).toBe(false);
  expect(await restore(removed.value.undo)).toStrictEqual({ ok: true, value: { path: 'moved' } });
  expect(await read('moved/young.txt')).toMatchObject({ value: { text: 'kept' } });
  expect(await restore(removed.value.undo)).toMatchObject(faultCode('not-found'));
  expect(await restore('../../etc')).toMatchObject(faultCode('not-found'));
});

test('a restored file does not take the place of a newer one', async () => {
  const { remove, restore, write, read } = await openFiles({ 'a.txt': 'old' });
  const removed = await remove('a.txt');
  if (!removed.ok) throw new Error(removed.error.message);
  await write({ path: 'a.txt', text: 'new', version: null });
  expect(await restore(removed.value.undo)).toMatchObject(faultCode('exists'));
  expect(await read('a.txt')).toMatchObject({ value: { text: 'new' } });
});

test.each([
  '../secret.txt',
  '/etc/passwd',
  'a/../../secret.txt',
  'link/secret.txt',
  'link',
  'nowhere',
  'a\0b',
  'a\\b',
])('no path leads out of the workspace: %j', async (path) => {
  const outside = temporaryFolder({ 'secret.txt': 'secret' });
  const { read, write, list, create, rename, remove, folder } = await openFiles({ 'own.txt': '' });
  symlinkSync(outside, join(folder, 'link'));
  symlinkSync(join(outside, 'not-there-yet'), join(folder, 'nowhere'));
  const answers = await Promise.all([
    read(path),
    write({ path, text: 'mine', version: null }),
    list({ folder: path, start: 0, count: 1 }),
    create({ path: `${path}/x`, kind: 'file' }),
    rename('own.txt', path),
    rename(path, 'taken.txt'),
    remove(path),
  ]);
  for (const answer of answers)
    expect(answer.ok ? answer : answer.error.code).toMatch(/^(outside-workspace|bad-path)$/);
  expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret');
  expect(existsSync(join(outside, 'not-there-yet'))).toBe(false);
});

test('the workspace itself and what the program keeps in it are not for the editor', async () => {
  const { remove, rename, write, read } = await openFiles();
  for (const path of ['', '.']) expect(await remove(path)).toMatchObject(faultCode('bad-path'));
  expect(await rename('', 'x')).toMatchObject(faultCode('bad-path'));
  expect(await read('.kernelscope/lock')).toMatchObject(faultCode('bad-path'));
  expect(await write({ path: '.kernelscope/lock', text: '', version: null })).toMatchObject(
    faultCode('bad-path'),
  );
});

test.skipIf(process.getuid?.() === 0)('a file that may not be written says so', async () => {
  const { write, read, folder } = await openFiles({ 'locked/a.txt': 'locked' });
  chmodSync(join(folder, 'locked'), 0o500);
  expect(await write({ path: 'locked/a.txt', text: 'x', version: null })).toMatchObject(
    faultCode('not-allowed'),
  );
  expect(await read('locked/a.txt')).toMatchObject({ value: { text: 'locked' } });
  chmodSync(join(folder, 'locked'), 0o700);
});
