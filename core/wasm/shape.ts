import type { Fault } from '../base/fault';

export type WasmFault = Fault<'malformed-code' | 'invalid-code' | 'unsupported-code'>;

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'funcref' | 'externref';

export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export interface ModuleImport {
  readonly module: string;
  readonly name: string;
  readonly kind: 'function' | 'table' | 'memory' | 'global';
  /** Only for functions. */
  readonly type: FunctionType | null;
  /** Byte offset of the entry in the module. */
  readonly offset: number;
}

export interface ModuleExport {
  readonly name: string;
  readonly kind: 'function' | 'table' | 'memory' | 'global';
  readonly type: FunctionType | null;
}

/** What a module shows to the outside. */
export interface ModuleShape {
  readonly imports: readonly ModuleImport[];
  readonly exports: readonly ModuleExport[];
  /** Payloads by name; of equal names the last one. */
  readonly customSections: ReadonlyMap<string, Uint8Array>;
}
