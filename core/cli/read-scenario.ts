import { readFile } from 'node:fs/promises';
import { type Fault, fault } from '../base/fault';
import { type Result, err } from '../base/result';
import { systemFault } from '../host/system-fault';
import { parseScenario } from '../scenario/parse';
import type { Scenario } from '../scenario/scenario';

/** A file of more bytes is not one that somebody wrote. */
const largestScenario = 16 * 1024 * 1024;

/** Reads and checks a scenario file. Faults name it as it is given. */
export async function readScenario(file: string): Promise<Result<Scenario, readonly Fault[]>> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > largestScenario) {
      return err([fault('too-large', `${file} has ${bytes.length} bytes, more than a scenario may have`)]);
    }
    return parseScenario(new TextDecoder('utf-8', { fatal: true }).decode(bytes), file);
  } catch (error) {
    if (error instanceof TypeError) return err([fault('not-text', `${file} is not UTF-8 text`)]);
    return err([systemFault(file, error)]);
  }
}
