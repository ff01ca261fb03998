/**
 * A contract's interface: its methods, types and words, as data. It travels in the custom section
 * `kernelscope:interface` as JSON; forms, completion, decoding and scenarios read this one description.
 */

/** A type as it is written, named as in WIT: `u64`, `string`, `list<u8>`, `option<account>`, or a record's name. */
export type TypeText = string;

export interface Parameter {
  readonly name: string;
  readonly type: TypeText;
}

export interface Method {
  readonly name: string;
  readonly doc?: string;
  readonly params: readonly Parameter[];
  /** `null` when it returns nothing. */
  readonly result: TypeText | null;
}

export interface RecordType {
  readonly name: string;
  readonly fields: readonly Parameter[];
}

export interface ContractInterface {
  readonly kernelscope: 1;
  readonly doc?: string;
  readonly methods: readonly Method[];
  readonly records: readonly RecordType[];
}

export const interfaceSection = 'kernelscope:interface';
