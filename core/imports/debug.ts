/** The import set `debug`: calls that do nothing but be seen by whoever observes the run. */
import type { ImportFunction, ImportSet, Param } from './import-set';

export const debugImports: ImportSet = {
  name: 'debug',
  doc: 'Prints for whoever watches. Costs gas like any call and changes nothing, watched or not.',
  functions: {
    print: declare('Shows a 32-bit integer.', [{ kind: 'scalar', name: 'value', type: 'i32' }]),
    print_i64: declare('Shows a 64-bit integer.', [{ kind: 'scalar', name: 'value', type: 'i64' }]),
    print_f64: declare('Shows a 64-bit float.', [{ kind: 'scalar', name: 'value', type: 'f64' }]),
    printMem: declare('Shows a part of the memory as text.', [{ kind: 'in', name: 'memory', form: 'text' }]),
    printMemHex: declare('Shows a part of the memory as bytes.', [
      { kind: 'in', name: 'memory', form: 'bytes' },
    ]),
    stackTrace: declare('Shows the calls that led here.', []),
  },
};

function declare(doc: string, params: readonly Param[]): ImportFunction {
  return { doc, params, result: null, gas: { base: 50, perByte: 1 }, run: () => undefined };
}
