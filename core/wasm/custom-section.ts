import { concatBytes, textToBytes } from '../base/bytes';
import { assert } from '../base/result';
import { decodeModule, sectionId } from './module';
import { createWriter, writeByte, writeBytes, writeSized, writeU32, written } from './writer';

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
