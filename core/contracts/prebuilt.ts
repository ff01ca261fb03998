/** Wasm that was built elsewhere: checked, described, and taken as it is. */
import { bytesToText, textToBytes } from '../base/bytes';
import { type Fault, faultToText } from '../base/fault';
import { withCustomSection } from '../wasm/custom-section';
import { allImports } from '../imports/all';
import { checkImports } from '../imports/link';
import { validate } from '../wasm/engine';
import type { Build, Diagnostic, Language, ReadFile } from './build';
import { carriedSetsOf, describeCode, parseInterface } from './describe';
import { errorIn } from './diagnostic';
import { createImportSets } from './import-sets/import-sets';
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
  const refused = (file: string, fault: Fault): Build => ({
    ok: false,
    diagnostics: [errorIn(file, faultToText(fault))],
    inputs,
  });

  const bare = describeCode(code);
  if (!bare.ok) return refused(path, bare.error);
  const checked = validate(code);
  if (!checked.ok) return refused(path, checked.error);
  const declared = sidecar === null ? null : parseInterface(bytesToText(sidecar));
  if (declared?.ok === false) return refused(sidecarPath, declared.error);
  const section = declared === null ? null : textToBytes(JSON.stringify(declared.value));
  const sets = createImportSets(readFile);
  const whole = sets.carriedBy(section === null ? code : withCustomSection(code, interfaceSection, section));
  inputs.push(...sets.inputs);
  if (sets.diagnostics.length > 0) return { ok: false, diagnostics: sets.diagnostics, inputs };
  const description = describeCode(whole);
  if (!description.ok) return refused(path, description.error);
  const { contract, warnings, shape } = description.value;
  const linked = checkImports(shape.imports, [...allImports, ...carriedSetsOf(shape)]);
  const diagnostics = [
    ...warnings.map((message) => errorIn(declared === null ? path : sidecarPath, message)),
    ...(linked.ok ? [] : [errorIn(path, `no message will run: ${faultToText(linked.error)}`)]),
  ].map((diagnostic): Diagnostic => ({ ...diagnostic, severity: 'warning' }));
  return { ok: true, code: whole, interface: contract, sourceMap: null, diagnostics, inputs };
}
