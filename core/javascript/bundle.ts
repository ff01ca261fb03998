/**
 * JavaScript as the code of a kernel: all modules of a contract in one block, with what it offers. A dag-cbor list of
 *
 *   'javascript', version, [[path, text] …], [[export, takesArguments] …], interface, imports
 *
 * The first file is the contract itself. Exports are its functions; the interface is JSON, and the import sets that it
 * carries are bytes, as wasm has them in sections. Version 1 has no imports.
 */
import { textToBytes } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { type Value, decodeValue, encodeValue } from '../base/value';

export interface Bundle {
  readonly files: readonly BundleFile[];
  readonly exports: readonly BundleExport[];
  readonly interface: string;
  /** `null` when it carries none. */
  readonly imports: Uint8Array | null;
}

export interface BundleFile {
  readonly path: string;
  readonly text: string;
}

export interface BundleExport {
  readonly name: string;
  readonly takesArguments: boolean;
}

export type BundleFault = Fault<'malformed-code'>;

const version = 2;

/** A list of six, or of five, whose first element is the text `javascript`. */
const firstBytes = [0x86, 0x85].map((list) => Uint8Array.of(list, 0x6a, ...textToBytes('javascript')));

export const isBundle = (code: Uint8Array): boolean =>
  firstBytes.some((first) => first.every((byte, at) => code[at] === byte));

export const bundleToBytes = ({ files, exports, interface: contract, imports }: Bundle): Uint8Array =>
  encodeValue([
    'javascript',
    version,
    files.map(({ path, text }) => [path, text]),
    exports.map(({ name, takesArguments }) => [name, takesArguments]),
    contract,
    imports,
  ]);

export function bytesToBundle(code: Uint8Array): Result<Bundle, BundleFault> {
  const decoded = decodeValue(code);
  if (!decoded.ok) return err(fault('malformed-code', `a bundle of JavaScript: ${decoded.error.message}`));
  const [, found, files, exported, contract, imports] = listOf(decoded.value);
  if (found !== version && found !== 1) {
    const words = typeof found === 'number' ? `of version ${found}` : 'without a version';
    return err(
      fault('malformed-code', `a bundle of JavaScript ${words}; this program reads 1 and ${version}`),
    );
  }
  const bundle: Bundle = {
    files: listOf(files).flatMap((file) => {
      const [path, text] = listOf(file);
      return typeof path === 'string' && typeof text === 'string' ? [{ path, text }] : [];
    }),
    exports: listOf(exported).flatMap((entry) => {
      const [name, takesArguments] = listOf(entry);
      return typeof name === 'string' ? [{ name, takesArguments: takesArguments === true }] : [];
    }),
    interface: typeof contract === 'string' ? contract : '',
    imports: imports instanceof Uint8Array ? imports : null,
  };
  if (bundle.files.length > 0) return ok(bundle);
  return err(fault('malformed-code', 'a bundle of JavaScript without a file'));
}

const listOf = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);
