import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Builder, startBuilder } from '../../../core/host/builder';
import { systemClock } from '../../../core/host/clock';
import { findBuiltFiles } from '../../../core/host/built-files';
import { temporaryFolder } from './temporary';

function start(options: {
  readonly workspace: string;
  readonly worker?: string;
  readonly patience?: number;
}): Builder {
  const url = options.worker === undefined ? findBuiltFiles().workers.build : pathToFileURL(options.worker);
  const builder = startBuilder({
    url,
    workspace: options.workspace,
    clock: systemClock,
    ...(options.patience === undefined ? {} : { patience: options.patience }),
  });
  onTestFinished(() => builder.close());
  return builder;
}

const module = '(module (func (export "a")))';

test('builds what is on disk, or the text that is given in its place', async () => {
  const builder = start({ workspace: temporaryFolder({ 'a.wat': module }) });
  const methodsOf = async (text: string | null) => {
    const built = await builder.build('a.wat', text);
    return built.ok && built.value.ok ? built.value.interface.methods.map(({ name }) => name) : built;
  };
  expect(await methodsOf(null)).toStrictEqual(['a']);
  expect(await methodsOf(module.replace('"a"', '"b"'))).toStrictEqual(['b']);
});

test('reads no file outside the workspace', async () => {
  const outside = temporaryFolder({ 'secret.wat': module });
  const builder = start({ workspace: temporaryFolder() });
  expect(await builder.build(join(outside, 'secret.wat'), null)).toMatchObject({ value: { ok: false } });
  expect(await builder.build('../secret.wat', null)).toMatchObject({ value: { ok: false } });
});

test('a compiler that hangs is ended and told of as a diagnostic, and so is one that crashes', async () => {
  const workspace = temporaryFolder({
    'hangs.mjs': 'for (;;);',
    'crashes.mjs': 'throw new Error("out of luck");',
  });
  const hangs = start({ workspace, worker: join(workspace, 'hangs.mjs'), patience: 50 });
  for (let turn = 0; turn < 2; turn++) {
    expect(await hangs.build('a.wat', null)).toMatchObject({
      value: {
        ok: false,
        diagnostics: [
          { file: 'a.wat', severity: 'error', message: 'the compiler did not finish in 0.05 seconds' },
        ],
      },
    });
  }
  const crashes = start({ workspace, worker: join(workspace, 'crashes.mjs') });
  expect(await crashes.build('a.wat', null)).toMatchObject({
    value: { ok: false, diagnostics: [{ message: 'the compiler crashed' }] },
  });
});

test('a build that nobody waits for any more is not begun', async () => {
  const builder = start({ workspace: temporaryFolder({ 'a.wat': module }) });
  const controller = new AbortController();
  const first = builder.build('a.wat', null);
  const second = builder.build('a.wat', null, controller.signal);
  controller.abort();
  expect(await first).toMatchObject({ value: { ok: true } });
  expect(await second).toMatchObject({ error: { code: 'cancelled' } });
});

test('closed in the middle of a build, it answers and leaves no thread behind', async () => {
  const workspace = temporaryFolder({ 'hangs.mjs': 'for (;;);' });
  const threads = () => process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length;
  const before = threads();
  const builder = start({ workspace, worker: join(workspace, 'hangs.mjs') });
  expect(threads()).toBeGreaterThan(before);
  const waiting = builder.build('a.wat', null);
  await builder.close();
  expect(await waiting).toMatchObject({ error: { code: 'disconnected' } });
  expect(threads()).toBe(before);
});
