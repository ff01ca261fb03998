import { expect, test } from 'vitest';
import { textToBytes } from '../../../../core/base/bytes';
import { codec, hashOf, hashToText } from '../../../../core/base/hash';
import { allImports } from '../../../../core/imports/all';
import { createMemoryStorage } from '../../../../core/store/memory-storage';
import { createCodeBook, keepSourceMap } from '../../../../core/studio/services/code-book';
import { createDebugCodeService } from '../../../../core/studio/services/debug-code-service';
import { createDebugCodes } from '../../../../core/studio/services/debug-codes';
import { newBranch } from '../../../fixtures/branch';
import { watToWasm } from '../../../fixtures/wat';

function serviceFor(bytes: Uint8Array, sourceMap: object | null = null) {
  const storage = createMemoryStorage();
  const branch = newBranch({ storage });
  const hash = branch.addCode(bytes);
  if (sourceMap !== null) keepSourceMap(storage, hash, JSON.stringify(sourceMap));
  const service = createDebugCodeService(createDebugCodes(branch, createCodeBook(storage), allImports));
  return { service, code: hashToText(hash, codec.raw) };
}

const { signal } = new AbortController();
const all = { start: 0, count: 100 };

const text = `(module (import "kernel" "log" (func $log (param i32 i32))) (memory 1)
  (func $twice (export "run") (export "again") (param $n i32) (result i32)
    (block (call $log (i32.const 1) (i32.const 2)))
    (return (i32.mul (local.get $n) (i32.const 2))) (unreachable)))`;

test('functions are listed with their names, and where they come from or go to', async () => {
  const { service, code } = serviceFor(watToWasm(text));
  expect(await service['debug.functions']({ code, ...all }, signal)).toStrictEqual({
    ok: true,
    value: {
      start: 0,
      total: 2,
      rows: [
        { index: 0, name: 'log', imported: 'kernel.log', exported: [], lines: 1 },
        { index: 1, name: 'twice', imported: null, exported: ['run', 'again'], lines: 12 },
      ],
    },
  });
});

test('a function as text says where a run can stand, and where lines of source begin', async () => {
  const bytes = watToWasm(text);
  // `local.get $n`, found by its bytes.
  const at = bytes.findIndex((_, place) => bytes[place] === 0x20 && bytes[place + 2] === 0x41);
  const map = { version: 3, names: [], sources: ['a.ts'], mappings: [[[at, 0, 6, 3]]] };
  const { service, code } = serviceFor(bytes, map);
  const page = await service['debug.disassembly']({ code, function: 1, start: 1, count: 8 }, signal);
  const rows = page.ok ? page.value.rows : [];
  expect(rows.map(({ indent, text: line, stops }) => [indent, line, stops])).toStrictEqual([
    [1, 'block $L1', false],
    [2, 'i32.const 1', true],
    [2, 'i32.const 2', true],
    [2, 'call $log', true],
    [1, 'end', false],
    [1, 'local.get $n', true],
    [1, 'i32.const 2', true],
    [1, 'i32.mul', true],
  ]);
  expect(rows.flatMap(({ text: line, source }) => (source === null ? [] : [[line, source]]))).toStrictEqual([
    ['local.get $n', { file: 'a.ts', line: 7, column: 4 }],
  ]);
  const last = await service['debug.disassembly']({ code, function: 1, start: 10, count: 8 }, signal);
  expect(last.ok && last.value.rows.map(({ text: line, stops }) => [line, stops])).toStrictEqual([
    ['unreachable', false],
    [')', false],
  ]);
  expect(await service['debug.lineOf']({ code, function: 1, offset: at }, signal)).toMatchObject({
    value: { line: 6 },
  });
});

test('sources say which of them are not to be looked for in the workspace, and hold their text', async () => {
  const { service, code } = serviceFor(watToWasm(text), {
    version: 3,
    names: [],
    sources: ['src/a.ts', 'src/../../b.ts', '/home/me/c.ts', 'webpack:///d.ts', '~lib/rt.ts', 'gone.ts'],
    sourcesContent: ['let a', 'let b', null, null, 'rt'],
    mappings: [[]],
  });
  const sources = await service['debug.sources']({ code, ...all }, signal);
  expect(sources.ok && sources.value.rows).toStrictEqual([
    { file: 'src/a.ts', embedded: true, library: false, problem: null },
    {
      file: 'src/../../b.ts',
      embedded: true,
      library: false,
      problem: 'its path leads out of the workspace',
    },
    {
      file: '/home/me/c.ts',
      embedded: false,
      library: false,
      problem: 'it has an absolute path: the code was built elsewhere',
    },
    {
      file: 'webpack:///d.ts',
      embedded: false,
      library: false,
      problem: 'it is named by a URL, not by a path in the workspace',
    },
    { file: '~lib/rt.ts', embedded: true, library: true, problem: 'it came with the compiler' },
    { file: 'gone.ts', embedded: false, library: false, problem: null },
  ]);
  const source = async (file: string) => service['debug.source']({ code, file }, signal);
  expect(await source('src/../../b.ts')).toMatchObject({ value: { text: 'let b' } });
  expect(await source('gone.ts')).toMatchObject({ value: { text: null } });
});

test('code without names or source map has names of its imports and exports, indices, and no sources', async () => {
  const { service, code } = serviceFor(watToWasm(text, { names: false }));
  const page = await service['debug.disassembly']({ code, function: 1, start: 0, count: 7 }, signal);
  expect(page.ok && page.value.rows.map(({ text: line }) => line)).toStrictEqual([
    '(func $run (type 1) (param i32) (result i32)',
    'block $L1',
    'i32.const 1',
    'i32.const 2',
    'call $kernel.log',
    'end',
    'local.get 0',
  ]);
  expect(await service['debug.sources']({ code, ...all }, signal)).toMatchObject({ value: { total: 0 } });
});

test('what is no code, not there, of another kind, or no function is refused with the reason', async () => {
  const { service, code } = serviceFor(watToWasm(text));
  const faults = await Promise.all([
    service['debug.functions']({ code: 'bafy', ...all }, signal),
    service['debug.functions']({ code: hashToText(hashOf(textToBytes('gone')), codec.raw), ...all }, signal),
    service['debug.disassembly']({ code, function: 2, ...all }, signal),
  ]);
  expect(faults.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toStrictEqual([
    'bad-code',
    'missing-block',
    'no-function',
  ]);
  const other = serviceFor(textToBytes('let a'));
  expect(await other.service['debug.functions']({ code: other.code, ...all }, signal)).toMatchObject({
    error: { code: 'unsupported-code' },
  });
});
