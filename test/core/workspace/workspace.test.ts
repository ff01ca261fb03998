import { chmod, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { confine } from '../../../core/workspace/confine';
import { createWorkspace, listTemplates } from '../../../core/workspace/template';
import {
  listContracts,
  listScenarios,
  openWorkspace,
  prepareKept,
  workspaceOf,
} from '../../../core/workspace/workspace';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workspace-'));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

async function put(path: string, text = ''): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function open(path = folder) {
  const opened = await openWorkspace(path);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

describe('a workspace', () => {
  it('lists its contracts and scenarios', async () => {
    for (const path of ['contracts/b.ts', 'contracts/deep/a.wat', 'contracts/c.d.ts', 'contracts/notes.md']) {
      await put(path);
    }
    for (const path of ['scenarios/z.yaml', 'scenarios/a.yml', 'scenarios/a.txt']) await put(path);
    const workspace = await open();
    expect(await listContracts(workspace)).toEqual(['contracts/b.ts', 'contracts/deep/a.wat']);
    expect(await listScenarios(workspace)).toEqual(['scenarios/a.yml', 'scenarios/z.yaml']);
  });

  it('keeps what is its own out of version control', async () => {
    await put('kernelscope.yaml');
    const kept = await prepareKept(await open());
    expect(kept.ok).toBe(true);
    expect((await readdir(join(folder, '.kernelscope'))).toSorted()).toEqual([
      '.gitignore',
      'drafts',
      'trash',
      'world',
    ]);
    expect(await readFile(join(folder, '.kernelscope/.gitignore'), 'utf8')).toBe('*\n');
  });

  it('is found from any file in it', async () => {
    await put('kernelscope.yaml');
    await put('scenarios/deep/pay.yaml');
    expect((await workspaceOf(join(folder, 'scenarios/deep/pay.yaml'))).folder).toBe((await open()).folder);
  });

  it('is the own folder of a file that is in none', async () => {
    await put('loose/pay.yaml');
    expect((await workspaceOf(join(folder, 'loose/pay.yaml'))).name).toBe('loose');
  });

  it.each([
    ['nowhere', 'no-folder', /there is no folder .*nowhere/],
    ['file', 'no-folder', /file is not a folder/],
    ['empty', 'not-a-workspace', /neither kernelscope.yaml nor contracts\//],
  ])('%s is none', async (path, code, message) => {
    await put('file');
    await mkdir(join(folder, 'empty'));
    const opened = await openWorkspace(join(folder, path));
    expect(opened).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(message) } });
  });
});

describe('a new workspace', () => {
  beforeEach(async () => {
    await put('examples/bank/kernelscope.yaml', 'kernelscope: 1\n');
    await put('examples/bank/.kernelscope/world/data.mdb');
    await put('examples/counter/contracts/counter.ts');
    await put('examples/notes/readme.md');
  });

  const make = (to: string, template = 'bank') =>
    createWorkspace({ folder: join(folder, to), examples: join(folder, 'examples'), template });

  it('is a copy of an example, without its world', async () => {
    expect(await listTemplates(join(folder, 'examples'))).toEqual(['bank', 'counter']);
    expect(await make('deep/new')).toMatchObject({ ok: true, value: { name: 'new', writable: true } });
    expect(await readdir(join(folder, 'deep/new'))).toEqual(['kernelscope.yaml']);
  });

  it('refuses a folder that holds something, and a template that is none', async () => {
    await put('full/x');
    expect(await make('full')).toMatchObject({ ok: false, error: { code: 'not-empty' } });
    expect(await make('new', 'bnak')).toMatchObject({
      ok: false,
      error: { code: 'no-template', remedy: 'did you mean bank? there are: bank, counter' },
    });
  });

  it('says why it could not be made', async () => {
    await put('file');
    expect(await make('file/new')).toMatchObject({
      ok: false,
      error: { code: 'not-writable', message: expect.stringContaining('a part of the path is a file') },
    });
  });

  // The superuser may write everywhere.
  it.skipIf(process.getuid?.() === 0)('refuses a folder that may not be written', async () => {
    await chmod(folder, 0o500);
    expect(await make('new')).toMatchObject({
      ok: false,
      error: { code: 'not-writable', message: expect.stringContaining('permission denied') },
    });
  });
});

describe('a path in a workspace', () => {
  it.each(['contracts/a.ts', 'new/deep/file', '.', '', 'a/../b', '..b'])('%j is inside', async (path) => {
    const { folder: root } = await openedRoot();
    expect(await confine(root, path)).toEqual({ ok: true, value: join(root, path) });
  });

  it.each(['..', '../x', 'a/../../x', '/etc/passwd', 'out/x', 'out', 'dangling', 'out/deep/new'])(
    '%j is outside',
    async (path) => {
      const { folder: root } = await openedRoot();
      await symlink(tmpdir(), join(root, 'out'));
      await symlink(join(tmpdir(), 'nothing-here'), join(root, 'dangling'));
      expect(await confine(root, path)).toMatchObject({ ok: false, error: { code: 'outside-workspace' } });
    },
  );

  it.each(['a\0b', 'a\\b'])('%j is no path', async (path) => {
    expect(await confine(folder, path)).toMatchObject({ ok: false, error: { code: 'bad-path' } });
  });

  it('may go through links that stay inside', async () => {
    const { folder: root } = await openedRoot();
    await put('contracts/a.ts');
    await symlink('contracts', join(root, 'code'));
    expect((await confine(root, 'code/a.ts')).ok).toBe(true);
  });

  async function openedRoot() {
    await put('kernelscope.yaml');
    return open();
  }
});
