/** WAT, the text form of wasm, assembled by wabt. */
import wabt from 'wabt';
import { type Proposal, proposals } from '../wasm/proposals';
import type { Diagnostic, Language } from './build';
import { errorIn } from './diagnostic';
import { codeToBuild } from './prebuilt';
import { readSource } from './source-text';

export const wat: Language = {
  name: 'WAT',
  extensions: ['.wat'],
  async build(path, readFile) {
    const text = readSource(path, readFile);
    if (!text.ok) return { ok: false, diagnostics: [text.error], inputs: [path] };
    // A fresh one each time: it may be left unusable by what it can't bear.
    const assembler = await wabt();
    try {
      const module = assembler.parseWat(path, text.value, features);
      module.validate();
      const { buffer } = module.toBinary({ write_debug_names: true });
      return codeToBuild(path, new Uint8Array(buffer), readFile);
    } catch (error) {
      return { ok: false, diagnostics: errorToDiagnostics(path, error), inputs: [path] };
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
    errorIn(path, withProposal(match[3] ?? ''), {
      line: Number(match[1]),
      column: Number(match[2]),
      length: match[4]?.length ?? 0,
    }),
  );
  return found.length > 0 ? found : [errorIn(path, text)];
}

/** With the proposal that what is refused belongs to, as far as the assembler's words tell it. */
function withProposal(words: string): string {
  const [, proposal] = proposalByWords.find(([pattern]) => pattern.test(words)) ?? [];
  return proposal === undefined
    ? words
    : `${words}; it is of the proposal "${proposal.name}". ${proposal.remedy}`;
}

const proposalByWords: readonly (readonly [RegExp, Proposal])[] = [
  [/not allowed: .*relaxed/, proposals.relaxedSimd],
  [/not allowed: (v128|[if]\d+x\d+)/, proposals.simd],
  [/not allowed: .*atomic|may not be shared/, proposals.threads],
  [/tag not allowed|not allowed: (try|throw|rethrow|catch|delegate)/, proposals.exceptions],
  [/(struct|array) not allowed/, proposals.garbageCollection],
  [/only one memory/, proposals.multiMemory],
  [/not valid in initializer/, proposals.extendedConstants],
];
