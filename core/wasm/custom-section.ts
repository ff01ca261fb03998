import { concatBytes, textToBytes } from '../base/bytes';
import { assert } from '../base/result';
import { decodeModule, sectionId } from './module';
import { createWriter, writeByte, writeBytes, writeSized, written } from './writer';

/** The payload of the last custom section of a name; `null` when the module has none, or can't be read. */
export function customSection(code: Uint8Array, name: string): Uint8Array | null {
  const module = decodeModule(code);
  if (!module.ok) return null;
  return module.value.customSections.findLast((section) => section.name === name)?.payload ?? null;
}

/** The module with this custom section at its end, in place of any it had of that name. The module is well-formed. */
export function withCustomSection(code: Uint8Array, name: string, payload: Uint8Array): Uint8Array {
  const module = decodeModule(code);
  assert(module.ok, 'a section is added to a module that was read before');
  const replaced = new Set(
    module.value.customSections.filter((old) => old.name === name).map(({ start }) => start),
  );
  const { sections } = module.value;
  const kept = sections.flatMap(({ start, end }, index) =>
    replaced.has(start) ? [] : [code.subarray(sections[index - 1]?.end ?? headerLength, end)],
  );
  const nameBytes = textToBytes(name);
  const content = createWriter(nameBytes.length + payload.length + 8);
  writeSized(content, nameBytes);
  writeBytes(content, payload);
  const section = createWriter(content.at + 8);
  writeByte(section, sectionId.custom);
  writeSized(section, written(content));
  return concatBytes([code.subarray(0, headerLength), ...kept, written(section)]);
}

const headerLength = 8;
