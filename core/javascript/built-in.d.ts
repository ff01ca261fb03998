/** QuickJS as wasm, put in by the build. */
declare module 'virtual:quickjs' {
  /** The metered module. */
  export const readCode: () => Uint8Array;
  /** The exports that metering added, as `PrivateExports` has them. */
  export const meterExports: {
    readonly begin: string;
    readonly charge: string;
    readonly left: string;
    readonly meter: string;
    readonly memory: string;
    readonly start: string;
    /** The stack's pointer; it begins where the heap does. */
    readonly stackPointer: string;
  };
  /** Of the functions that the module imports from `a`. */
  export const importNames: readonly string[];
}

/** A script that runs in QuickJS, as its text. */
declare module '*.js?raw' {
  const text: string;
  export default text;
}
