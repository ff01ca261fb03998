/** What a workspace's world begins as: its `kernelscope.yaml`, a scenario whose steps are not taken. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { parseScenario } from '../scenario/parse';
import type { Scenario } from '../scenario/scenario';
import { setupFile } from '../workspace/workspace';
import { systemFault } from './system-fault';

/** A workspace without the file begins with no kernels. Of several mistakes in it, the first is the fault. */
export async function readWorldSetup(folder: string): Promise<Result<Scenario, Fault>> {
  const text = await readSetupFile(folder);
  if (!text.ok) return text;
  const scenario = parseScenario(text.value, setupFile);
  if (scenario.ok) return scenario;
  const [first] = scenario.error;
  return err(first ?? fault('bad-setup', `${setupFile} can't be read`));
}

/** Paths of the contracts that a world begins with, each once. */
export const contractsOf = ({ kernels }: Scenario): readonly string[] => [
  ...new Set(kernels.flatMap(({ code }) => code ?? [])),
];

const emptySetup = 'kernelscope: 1\nkernels: {}\n';

async function readSetupFile(folder: string): Promise<Result<string, Fault>> {
  try {
    return ok(await readFile(join(folder, setupFile), 'utf8'));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? ok(emptySetup) : err(systemFault(setupFile, error));
  }
}
