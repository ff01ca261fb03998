import type { ContractInterface } from './interface';

/** What a compiler says of a source text. Lines and columns from 1, length in characters. */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** The compiler's own code, such as `AS200`; empty when it has none. */
  readonly code: string;
}

export type Build =
  | {
      readonly ok: true;
      /** The wasm module, interface section included. */
      readonly code: Uint8Array;
      readonly interface: ContractInterface;
      readonly sourceMap: string | null;
      readonly diagnostics: readonly Diagnostic[];
      /** Every file that was read, so that a change of any of them asks for a new build. */
      readonly inputs: readonly string[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly inputs: readonly string[] };

/** Reads a file of the workspace by its path from the workspace's root; `null` when there is none. */
export type ReadFile = (path: string) => Uint8Array | null;

/** One source language. The file's ending chooses it. */
export interface Language {
  readonly name: string;
  readonly extensions: readonly string[];
  build(path: string, readFile: ReadFile): Promise<Build>;
}
