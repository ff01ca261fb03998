/** What the breakpoints of the protocol are to the debugger. Where there is no such thing, words say why. */
import { codec, hashToText } from '../../base/hash';
import { type Result, err, ok } from '../../base/result';
import { parseAddress } from '../../environment/address';
import type { Trigger } from '../../debugger/breakpoint';
import { listFunction } from '../../debugger/listing';
import { placeTrigger } from '../../debugger/placement';
import type { SteppedCode } from './codes';
import { readAddress } from './codes';
import type { NamedSource } from './requests';
import type { Target } from './target';

type Meant = Result<Trigger, string>;

/** A line of a file, or of the text of a function. */
export function lineTrigger(source: NamedSource, clientLine: number, { sources }: Target): Meant {
  const found = sources.find(source);
  if (!found.ok) return err(found.error.message);
  const line = sources.lineFrom(clientLine);
  const meant = found.value;
  switch (meant.kind) {
    case 'path':
      return ok({ kind: 'line', file: meant.path, line });
    case 'file':
      return ok({ kind: 'line', file: meant.file, line });
    case 'function': {
      const listing = listFunction(meant.code.code, meant.function);
      const next = listing?.lines(line - 1, listing.lineCount).find(({ stops }) => stops);
      if (next === undefined)
        return err('there is no instruction from this line on at which a run can stand');
      return ok(instructionIn(meant.code, next.offset));
    }
  }
}

export function instructionTrigger(reference: string, offset: number, { codes }: Target): Meant {
  const address = readAddress(reference, offset);
  if (!address.ok) return err(address.error.message);
  const at = codes.at(address.value);
  return at === null ? err(`there is no code at ${reference}`) : ok(instructionIn(at.code, at.offset));
}

const instructionIn = ({ code }: SteppedCode, offset: number): Trigger => ({
  kind: 'instruction',
  code: hashToText(code.hash, codec.raw),
  offset,
});

/**
 * A function by its name; an import, as `kernel.send` or as all of `kernel`; or the messages of a kernel, as `/bank` or
 * `/bank pay`.
 */
export function functionTrigger(text: string, { codes }: Target): Meant {
  const name = text.trim();
  if (name.startsWith('/')) {
    const [kernel = '', method, ...more] = name.split(/\s+/);
    const address = parseAddress(kernel);
    if (!address.ok) return err(address.error.message);
    if (more.length > 0) return err('a message is named by its kernel and its method: `/bank pay`');
    return ok({ kind: 'method', kernel: address.value, method: method ?? null });
  }
  const own: Trigger = { kind: 'function', name };
  const call: Trigger = { kind: 'import', import: name, argument: null };
  const isImport = codes.all.some(({ code }) => placeTrigger(call, code).ok);
  const isOwn = codes.all.some(({ code }) => placeTrigger(own, code).ok);
  return ok(isImport && !isOwn ? call : own);
}
