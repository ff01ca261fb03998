/** Commands about stored worlds, called in this process on worlds that are made here. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'vitest';
import { outputSchemas } from '../../../core/cli/output';
import { runCommandLine } from '../../../core/cli/program';
import { plainStyle } from '../../../core/cli/terminal';
import type { Branch } from '../../../core/history/branch';
import { openLmdbStorage } from '../../../core/store/lmdb-storage';
import { newBranch } from '../../fixtures/branch';

export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function call(...args: readonly string[]): Promise<Called> {
  let out = '';
  let err = '';
  const terminal = {
    write: async (text: string) => void (out += text),
    complain: (line: string) => void (err += `${line}\n`),
    style: plainStyle,
  };
  const code = await runCommandLine(args, terminal);
  return { code, out, err };
}

/** The document that a call with `--json` writes, which is as its schema says. */
export async function callForJson(...args: readonly string[]): Promise<unknown> {
  const { out } = await call(...args, '--json');
  const document: unknown = JSON.parse(out);
  const ajv = new Ajv();
  const [command = '', below = ''] = args;
  const schemas = outputSchemas();
  const schema = schemas.get(`${command}-${below}`) ?? schemas.get(command);
  expect(ajv.validate(schema ?? false, document), `${ajv.errorsText()}\n${out}`).toBe(true);
  return document;
}

/** A workspace whose stored world is made by `fill`. */
export function storeWorld(folder: string, fill: (branch: Branch) => void): void {
  mkdirSync(join(folder, 'contracts'), { recursive: true });
  const storage = openLmdbStorage(join(folder, '.kernelscope/world'));
  if (!storage.ok) throw new Error(storage.error.message);
  const branch = newBranch({ storage: storage.value });
  fill(branch);
  branch.dispose();
  storage.value.close();
}
