/** Wasm that was built elsewhere: checked, described, and taken as it is. */
import { bytesToText, textToBytes } from '../base/bytes';
import { faultToText } from '../base/fault';
import { withCustomSection } from '../wasm/custom-section';
import { validate } from '../wasm/engine';
import type { Build, Diagnostic, Language, ReadFile } from './build';
import { describeCode, parseInterface } from './describe';
import { errorIn } from './diagnostic';
import { interfaceSection } from './interface';

export const prebuilt: Language = {
  name: 'wasm',
  extensions: ['.wasm'],
  async build(path, readFile) {
    const code = readFile(path);
    return code === null
      ? { ok: false, diagnostics: [errorIn(path, 'the file is not there')], inputs: [path] }
      : codeToBuild(path, code, readFile);
  },
};

/** A contract whose code is there already. `NAME.interface.json` beside the source tells what the code itself doesn't. */
export function codeToBuild(path: string, code: Uint8Array, readFile: ReadFile): Build {
  const sidecarPath = path.replace(/\.\w+$/, '.interface.json');
  const sidecar = readFile(sidecarPath);
  const inputs = sidecar === null ? [path] : [path, sidecarPath];
  let whole = code;
  if (sidecar !== null) {
    const contract = parseInterface(bytesToText(sidecar));
    if (!contract.ok)
      return { ok: false, diagnostics: [errorIn(sidecarPath, contract.error.message)], inputs };
    whole = withCustomSection(code, interfaceSection, textToBytes(JSON.stringify(contract.value)));
  }
  const checked = validate(code);
  if (!checked.ok) return { ok: false, diagnostics: [errorIn(path, faultToText(checked.error))], inputs };
  const description = describeCode(whole);
  if (!description.ok)
    return { ok: false, diagnostics: [errorIn(path, faultToText(description.error))], inputs };
  const { contract, warnings } = description.value;
  const diagnostics = warnings.map((message): Diagnostic => ({
    ...errorIn(path, message),
    severity: 'warning',
  }));
  return { ok: true, code: whole, interface: contract, sourceMap: null, diagnostics, inputs };
}
