/** What the compilers say of texts while they are written. Of each file only the answer to the latest text counts. */
import type { Fault } from '../../core/base/fault';
import type { WireDiagnostic } from '../../core/studio/protocol/wire';
import type { StudioClient } from '../app/connection';

export interface ContractChecks {
  /** Does nothing for files that are no contracts. */
  check(path: string, text: string): void;
  forget(path: string): void;
}

export interface ContractChecksOptions {
  readonly client: StudioClient;
  readonly onChecked: (path: string, diagnostics: readonly WireDiagnostic[]) => void;
}

export const isContract = (path: string): boolean => /\.(ts|js|wat)$/.test(path) && !path.endsWith('.d.ts');

/** A file that contracts may be made of, without being one itself. */
export const isOfImportSets = (path: string): boolean => path.startsWith('imports/');

export function createContractChecks({ client, onChecked }: ContractChecksOptions): ContractChecks {
  const checking = new Map<string, AbortController>();
  const checkedText = new Map<string, string>();
  const forget = (path: string): void => {
    checking.get(path)?.abort();
    checking.delete(path);
    checkedText.delete(path);
  };
  return {
    async check(path, text) {
      if (!isContract(path) || checkedText.get(path) === text) return;
      checking.get(path)?.abort();
      const asking = new AbortController();
      checking.set(path, asking);
      checkedText.set(path, text);
      const answer = await client.call('contracts.check', { path, text }, asking.signal);
      if (checking.get(path) !== asking) return;
      checking.delete(path);
      if (answer.ok) onChecked(path, answer.value.diagnostics);
      else {
        checkedText.delete(path);
        if (answer.error.code !== 'disconnected') onChecked(path, [faultToDiagnostic(path, answer.error)]);
      }
    },
    forget,
  };
}

/** A check that could not be made is a problem of the file, too: nobody knows whether it compiles. */
function faultToDiagnostic(path: string, { message, position, code }: Fault): WireDiagnostic {
  const { line = 1, column = 1, length = 1 } = position ?? {};
  return { file: path, line, column, length, severity: 'error', message: `Not checked: ${message}`, code };
}
