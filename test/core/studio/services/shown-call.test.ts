/** Which call a stop shows first: of the author's code, unless the library was gone to on purpose. */
import { expect, test } from 'vitest';
import { textToBytes } from '../../../../core/base/bytes';
import { buildContract } from '../../../../core/contracts/builder';
import { keepSourceMap } from '../../../../core/studio/services/code-book';
import { create, signal } from '../../../fixtures/branch';
import { never, openDebugService, valueOf } from './debug-services';

const text = `export function third(value: i32): i32 {
  const values: i32[] = [value];
  return values.indexOf(value) + values[2];
}
`;

test('a trap in the library shows the line that led there; gone to on purpose, it shows itself', async () => {
  const built = await buildContract('third.ts', () => textToBytes(text));
  if (!built.ok) throw new Error('it compiles');
  const { storage, branch, service } = openDebugService();
  keepSourceMap(storage, branch.addCode(built.code), built.sourceMap ?? '');
  create(branch, '/third', built.code);
  const [receipt] = signal(branch, '/third', 'third', [7]);
  const trapped = await valueOf(
    service['debug.open']({ receipt: receipt?.index ?? 0, at: { kind: 'trap' } }, never),
  );
  const { session, place, shown, depth } = trapped;
  expect(trapped.reason).toMatchObject({ kind: 'trap' });
  expect(place?.source?.file).toMatch(/^~lib\//);
  expect(shown.place?.source).toMatchObject({ file: 'third.ts', line: 3 });
  const frames = await valueOf(service['debug.frames']({ session, start: 0, count: depth }, never));
  expect(frames.rows[shown.index]).toEqual(shown.place);
  expect(frames.rows.findIndex(({ source }) => source?.file === 'third.ts')).toBe(shown.index);

  const to = { kind: 'to count', count: trapped.count } as const;
  const asked = await valueOf(service['debug.move']({ session, move: to }, never));
  expect(asked).toMatchObject({ reason: { kind: 'moved' }, place, shown: { index: 0, place } });
});
