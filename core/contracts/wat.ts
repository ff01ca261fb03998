/** WAT, the text form of wasm, assembled by wabt. */
import wabt from 'wabt';
import { bytesToText } from '../base/bytes';
import type { Diagnostic, Language } from './build';
import { errorIn } from './diagnostic';
import { codeToBuild } from './prebuilt';

export const wat: Language = {
  name: 'WAT',
  extensions: ['.wat'],
  async build(path, readFile) {
    const bytes = readFile(path);
    const inputs = [path];
    if (bytes === null) return { ok: false, diagnostics: [errorIn(path, 'the file is not there')], inputs };
    const assembler = await wabt();
    try {
      const module = assembler.parseWat(path, bytesToText(bytes), features);
      module.validate();
      const { buffer } = module.toBinary({ write_debug_names: true });
      module.destroy();
      return codeToBuild(path, new Uint8Array(buffer), readFile);
    } catch (error) {
      return { ok: false, diagnostics: errorToDiagnostics(path, error), inputs };
    }
  },
};

/** What containers take; the rest is refused here already, with its line. */
const features = {
  mutable_globals: true,
  sat_float_to_int: true,
  sign_extension: true,
  multi_value: true,
  bulk_memory: true,
  reference_types: true,
  tail_call: true,
  simd: false,
  threads: false,
};

/** wabt says all its errors in one text: `file:line:column: error: words`, the line itself, and marks below it. */
function errorToDiagnostics(path: string, error: unknown): Diagnostic[] {
  const text = error instanceof Error ? error.message : String(error);
  const found = [...text.matchAll(/^.*?:(\d+):(\d+): error: (.*)$(?:\n.*)?(?:\n *(\^+))?/gm)].map((match) =>
    errorIn(path, match[3] ?? '', {
      line: Number(match[1]),
      column: Number(match[2]),
      length: match[4]?.length ?? 0,
    }),
  );
  return found.length > 0 ? found : [errorIn(path, text)];
}
