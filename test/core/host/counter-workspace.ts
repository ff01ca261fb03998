/** A small workspace that builds fast: one contract in WAT, which keeps what it was given last. */
import { temporaryFolder } from './temporary';

export const counterPath = 'contracts/counter.wat';

export const counterText = `(module
  (import "kernel" "state_set" (func $set (param i32 i32 i32 i32)))
  (import "kernel" "log" (func $log (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "last")
  (func (export "keep") (param $small i32) (result i32)
    (i32.store8 (i32.const 16) (local.get $small))
    (call $set (i32.const 0) (i32.const 4) (i32.const 16) (i32.const 1))
    (call $log (i32.const 0) (i32.const 4))
    (local.get $small))
  (func $fall (export "fall")
    (call $set (i32.const 0) (i32.const 4) (i32.const 0) (i32.const 1))
    unreachable)
  (func (export "spin") (loop (br 0))))
`;

const interfaceJson = JSON.stringify({
  kernelscope: 1,
  doc: 'Keeps a number.',
  methods: [
    {
      name: 'keep',
      doc: 'Keeps a number below 24.',
      params: [{ name: 'small', type: 'u32' }],
      result: 'u32',
    },
    { name: 'fall', params: [], result: null },
    { name: 'spin', params: [], result: null },
  ],
  records: [],
});

export const counterFiles = {
  'kernelscope.yaml': `kernelscope: 1\nkernels:\n  /counter: { code: ${counterPath} }\n`,
  [counterPath]: counterText,
  'contracts/counter.interface.json': interfaceJson,
};

export const counterWorkspace = (files: Readonly<Record<string, string | Uint8Array>> = {}): string =>
  temporaryFolder({ ...counterFiles, ...files });
