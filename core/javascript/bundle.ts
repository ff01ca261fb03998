/**
 * JavaScript as the code of a kernel: all modules of a contract in one block, with what it offers. A dag-cbor list of
 *
 *   'javascript', version, [[path, text] …], [[export, takesArguments] …], interface
 *
 * The first file is the contract itself. Exports are its functions; the interface is JSON, as wasm has it in a section.
 */
import { textToBytes } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { type Value, decodeValue, encodeValue } from '../base/value';

export interface Bundle {
  readonly files: readonly BundleFile[];
  readonly exports: readonly BundleExport[];
  readonly interface: string;
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

const version = 1;

/** A list of five whose first element is the text `javascript`. */
const firstBytes = Uint8Array.of(0x85, 0x6a, ...textToBytes('javascript'));

export const isBundle = (code: Uint8Array): boolean => firstBytes.every((byte, at) => code[at] === byte);

export const bundleToBytes = ({ files, exports, interface: contract }: Bundle): Uint8Array =>
  encodeValue([
    'javascript',
    version,
    files.map(({ path, text }) => [path, text]),
    exports.map(({ name, takesArguments }) => [name, takesArguments]),
    contract,
  ]);

export function bytesToBundle(code: Uint8Array): Result<Bundle, BundleFault> {
  const decoded = decodeValue(code);
  if (!decoded.ok) return err(fault('malformed-code', `a bundle of JavaScript: ${decoded.error.message}`));
  const [, found, files, exported, contract] = listOf(decoded.value);
  if (found !== version) {
    const words = typeof found === 'number' ? `of version ${found}` : 'without a version';
    return err(fault('malformed-code', `a bundle of JavaScript ${words}; this program reads ${version}`));
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
  };
  if (bundle.files.length > 0) return ok(bundle);
  return err(fault('malformed-code', 'a bundle of JavaScript without a file'));
}

const listOf = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);
