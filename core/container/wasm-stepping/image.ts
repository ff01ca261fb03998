/** Writes code into an interpreter's memory, and what an instance of it begins with. */
import type { Interpreter } from './interpreter';
import { descriptorBytes } from './layout';
import { PageFlag, Register, functionBytes, pageBits } from './operations';
import type { SteppingParts } from './parts';

/** All segments fit. Afterwards the memory is as it is before a run, with no frame yet. */
export function writeImage(interpreter: Interpreter, parts: SteppingParts): void {
  const { module, layout, code, first, pages } = parts;
  const pagesAtFirst = module.memories[0]?.initial ?? 0;
  interpreter.reserve(layout.memory + (pagesAtFirst << 16));
  interpreter.setWord(Register.breakpoints, layout.breakpoints);
  interpreter.setWord(Register.functions, layout.functions);
  interpreter.setWord(Register.memory, layout.memory);
  interpreter.setWord(Register.pageFlags, layout.pageFlags);
  interpreter.setWord(Register.watches, layout.watches);
  interpreter.setWord(Register.mostPages, pages);
  interpreter.setLong(Register.memorySize, pagesAtFirst * 2 ** 16);
  interpreter.setLong(Register.highest, pagesAtFirst * 2 ** 16);

  code.functions.forEach(({ type, entry, parameterBytes, localBytes }, index) => {
    writeWords(interpreter, layout.functions + functionBytes * index, [
      type,
      entry,
      parameterBytes,
      localBytes,
    ]);
  });
  code.words.forEach((word, index) => interpreter.setWord(layout.code + 4 * index, word));
  first.globals.forEach((bits, index) => interpreter.setBits(layout.globals + 8 * index, bits));
  module.tables.forEach(({ initial }, index) => {
    const contents = layout.tableContents[index] ?? 0;
    const bound = parts.tableBounds[index] ?? initial;
    writeWords(interpreter, layout.tables + descriptorBytes * index, [contents, initial, bound]);
  });
  first.elements.forEach(({ content, at, stays }, index) => {
    const contents = layout.elementContents[index] ?? 0;
    const references = content.map(Number);
    writeWords(interpreter, contents, references);
    writeWords(interpreter, layout.elements + descriptorBytes * index, [
      contents,
      stays ? references.length : 0,
    ]);
    if (at === null) return;
    writeWords(interpreter, (layout.tableContents[at.table] ?? 0) + 4 * at.offset, references);
  });
  interpreter.bytes().fill(PageFlag.clean, layout.pageFlags, layout.pageFlags + (pages << (16 - pageBits)));
  first.data.forEach(({ content, at, stays }, index) => {
    const contents = layout.dataContents[index] ?? 0;
    interpreter.bytes().set(content, contents);
    writeWords(interpreter, layout.data + descriptorBytes * index, [contents, stays ? content.length : 0]);
    if (at === null) return;
    interpreter.bytes().set(content, layout.memory + at.offset);
    if (content.length > 0) {
      const [from, to] = [at.offset, at.offset + content.length - 1].map((byte) => byte >>> pageBits);
      interpreter.bytes().fill(0, layout.pageFlags + (from ?? 0), layout.pageFlags + (to ?? 0) + 1);
    }
  });
}

function writeWords(interpreter: Interpreter, address: number, words: readonly number[]): void {
  words.forEach((word, index) => interpreter.setWord(address + 4 * index, word));
}
