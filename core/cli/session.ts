/** What every command is given, and how a command ends. */
import { type Fault, faultToText } from '../base/fault';
import type { BuiltFiles } from '../host/built-files';
import { createJsonWriter } from './json';
import { faultToValue } from './fault-value';
import type { Terminal } from './terminal';

export interface Session {
  readonly terminal: Terminal;
  readonly built: BuiltFiles;
}

/** 0: it holds. 1: something failed that the user asked about. 2: the call was wrong. */
export type ExitCode = 0 | 1 | 2;

export interface CommonOptions {
  readonly json?: true;
}

/** Of commands that read a stored world. */
export interface WorldOptions extends CommonOptions {
  /** Without it, the branch that is worked on. */
  readonly branch?: string;
}

/** Says what was wrong, for people or as the document of a `--json` call. */
export async function failWith(
  { terminal }: Pick<Session, 'terminal'>,
  faults: readonly Fault[],
  { json }: CommonOptions,
): Promise<1> {
  if (json === true) {
    const writer = createJsonWriter(terminal.write);
    await writer.open(null, 'map');
    await writer.add('kernelscope', 1);
    await writer.add('faults', faults.map(faultToValue));
    await writer.close();
  } else {
    for (const fault of faults) terminal.complain(faultToLines(fault, terminal));
  }
  return 1;
}

export function faultToLines(fault: Fault, { style }: Terminal): string {
  const [first = '', ...rest] = faultToText(fault).split('\n');
  return [style.bad(first), ...rest].join('\n');
}
