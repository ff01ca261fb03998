import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as dagCbor from '@ipld/dag-cbor';
import type { CID } from 'multiformats/cid';
import { describe, expect, it } from 'vitest';
import { create, install, signal } from '../../fixtures/branch';
import { adder } from '../../fixtures/contracts';
import { temporaryFolder } from '../host/temporary';
import { entriesOf, hexOf, readCar } from './ipld-reader';
import { call, callForJson, storeWorld } from './stored-world';

const terms = 'x'.repeat(2000);

/** A folder with a workspace `bank` in it, and the path of a file that is to be. */
function bank() {
  const folder = temporaryFolder();
  const workspace = join(folder, 'bank');
  storeWorld(workspace, (branch) => {
    install(branch, 'contracts/adder.wat', adder);
    create(branch, '/bank', adder, { terms, fee: 3 });
    for (let index = 0; index < 40; index++) create(branch, `/bank/a${index}`, null, { balance: index });
    signal(branch, '/bank', 'add', [7]);
  });
  return { folder, workspace, file: join(folder, 'bank.car') };
}

const rootOf = async (world: string): Promise<string> =>
  ((await callForJson('history', world)) as { readonly root: string }).root;

describe('kernelscope export', () => {
  it('writes a state that the public packages of IPLD read', async () => {
    const { workspace, file } = bank();
    const { code, out } = await call('export', workspace, '--state', '-o', file);
    expect(code).toBe(0);
    expect(out).toMatch(/bank\.car: the state bafy\w+ after 43 receipts, \d+ blocks, [\d,]+ bytes\n$/);
    const car = await readCar(file);
    expect(car.root.toString()).toBe(await rootOf(workspace));
    const kernels = entriesOf(car, car.root);
    expect(kernels.size).toBe(42);
    const kernel = (key: string) => {
      const [contract, name, state] = dagCbor.decode<[CID | null, string | null, CID]>(
        kernels.get(hexOf(key)) ?? new Uint8Array(),
      );
      return { contract, name, state: entriesOf(car, state) };
    };
    const account = kernel('bank/a31/');
    expect(dagCbor.decode(account.state.get(hexOf('balance')) ?? new Uint8Array())).toBe(31);
    const { contract, state } = kernel('bank/');
    expect(contract && car.bytes(contract)).toEqual(adder);
    expect(dagCbor.decode(state.get(hexOf('terms')) ?? new Uint8Array())).toBe(terms);
    expect(state.get(hexOf('sum'))?.[0]).toBe(7);
  });

  it('writes a history whose head leads to all of it', async () => {
    const { workspace, file } = bank();
    expect(await callForJson('export', workspace, '-o', file)).toMatchObject({ kind: 'history', at: 43 });
    const car = await readCar(file);
    let [, parent, first] = car.node(car.root) as [number, CID | number, number];
    while (typeof parent !== 'number') {
      [, parent, first] = car.node(parent) as [number, CID | number, number];
    }
    expect(first).toBeGreaterThan(0);
  });

  it('writes what was, and writes over nothing', async () => {
    const { workspace, file } = bank();
    expect(await call('export', workspace, '--at', '2', '-o', file)).toMatchObject({ code: 0 });
    const car = await readCar(file);
    expect([...entriesOf(car, car.root).keys()]).toEqual([hexOf('/'), hexOf('bank/')]);
    const before = readFileSync(file);
    expect(await call('export', workspace, '-o', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is something of that name already'),
    });
    expect(readFileSync(file)).toEqual(before);
    expect((await call('export', workspace, '--at', '99', '-o', file)).err).toContain('fewer than 99');
    expect((await call('export', workspace, '-o', join(file, 'in'))).code).toBe(1);
  });
});

describe('kernelscope import', () => {
  it('makes a workspace with the same world and the same past', async () => {
    const { folder, workspace, file } = bank();
    await call('export', workspace, '-o', file);
    const made = join(folder, 'made');
    const { code, out } = await call('import', file, made);
    expect([code, out]).toEqual([0, expect.stringMatching(/^made .*made with a world of 43 receipts, bafy/)]);
    for (const command of [['history'], ['history', '--from', '40']] as const) {
      const [name, ...rest] = command;
      expect(await call(name, made, ...rest)).toEqual(await call(name, workspace, ...rest));
    }
    expect((await call('diff', workspace, made)).out).toBe('kernels: 0 added, 0 removed, 0 changed\n');
    expect((await call('state', made, '/bank:fee', '--at', '2')).out).toBe('  fee: 3\n');
    const again = join(folder, 'again.car');
    await call('export', made, '-o', again);
    expect(readFileSync(again)).toEqual(readFileSync(file));
    expect(await callForJson('import', file, join(folder, 'third'))).toMatchObject({ length: 43 });
  });

  it('refuses a file that is damaged anywhere, and leaves nothing', { timeout: 60_000 }, async () => {
    const { folder, workspace, file } = bank();
    await call('export', workspace, '-o', file);
    const whole = readFileSync(file);
    const into = join(folder, 'into');
    const expectRefusal = async (bytes: Uint8Array): Promise<void> => {
      writeFileSync(file, bytes);
      const { code, out, err } = await call('import', file, into);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/is damaged, or no CAR file|the history is not whole|permission|no such file/);
      expect(existsSync(into) ? readdirSync(into) : []).toEqual([]);
    };
    const step = Math.ceil(whole.length / 24);
    for (let at = 0; at < whole.length; at += step) {
      await expectRefusal(whole.subarray(0, at));
      await expectRefusal(Buffer.from(whole).fill((whole[at] ?? 0) ^ 1, at, at + 1));
    }
    await expectRefusal(Buffer.from('no CAR file'));
  });

  it('refuses a state without its past, a folder that is not empty, and a file that is not there', async () => {
    const { folder, workspace, file } = bank();
    await call('export', workspace, '--state', '-o', file);
    const refusal = async (from: string, into: string) =>
      (await call('import', from, join(folder, into))).err;
    expect(await refusal(file, 'new/made')).toMatch(
      /the history is not whole.*\n.*a state alone is for other tools/,
    );
    expect(existsSync(join(folder, 'new'))).toBe(false);
    mkdirSync(join(folder, 'empty'));
    await refusal(file, 'empty');
    expect(readdirSync(join(folder, 'empty'))).toEqual([]);
    expect(await refusal(file, 'bank')).toContain('is not empty');
    expect(await refusal(join(folder, 'none'), 'made')).toContain('there is no such file');
  });
});
