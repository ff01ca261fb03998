import { hexToBytes } from '../../base/bytes';
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { openStoredWorld } from '../../host/stored-world';
import { type WorldEntry, worldEntries } from '../../kernel/world-entries';
import { readable } from '../../scenario/expect';
import { type Matcher, type SearchTerm, createMatcher } from '../../state/search-term';
import { createJsonWriter } from '../json';
import { type KernelAt, kernelAt } from '../kernel-at';
import { type ExitCode, type Session, type WorldOptions, failWith } from '../session';
import { bytesToKeyText, countToText, valueToText, visible } from '../value-text';

export interface SearchOptions extends WorldOptions {
  readonly as: 'text' | 'hex' | 'number';
  readonly in: 'keys' | 'values' | 'both';
  readonly below: string;
  readonly at?: number;
  readonly count?: number;
}

export async function search(
  { folder, text }: { readonly folder: string; readonly text: string },
  options: SearchOptions,
  session: Session,
): Promise<ExitCode> {
  const term = readTerm(text, options.as);
  if (!term.ok) return failWith(session, [term.error], options);
  const matcher = createMatcher(term.value, {
    keys: options.in !== 'values',
    values: options.in !== 'keys',
  });
  const world = await openStoredWorld(folder, options.branch);
  if (!world.ok) return failWith(session, [world.error], options);
  const { branch } = world.value;
  try {
    const found = kernelAt(branch, options.below, options.at ?? branch.length);
    if (!found.ok) return await failWith(session, [found.error], options);
    const { count = Infinity } = options;
    const print = options.json === true ? printJson : printText;
    await print(createSearch(found.value, matcher, count), found.value, session);
    return 0;
  } finally {
    world.value.close();
  }
}

interface Match extends WorldEntry {
  readonly inKey: boolean;
  readonly inValue: boolean;
}

interface Search {
  readonly matches: Iterable<Match>;
  /** Entries it has looked at so far. */
  readonly looked: number;
}

function createSearch({ kernel, view }: KernelAt, matcher: Matcher, count: number): Search {
  let looked = 0;
  function* matches(): Generator<Match, void, undefined> {
    let left = count;
    if (left === 0) return;
    for (const entry of worldEntries(view, { address: kernel.address, below: true }, null)) {
      looked++;
      const inKey = matcher.inKey(entry.key);
      const inValue = matcher.inValue(entry.value);
      if (!inKey && !inValue) continue;
      yield { ...entry, inKey, inValue };
      if (--left === 0) return;
    }
  }
  return {
    matches: matches(),
    get looked() {
      return looked;
    },
  };
}

async function printText(search: Search, _: KernelAt, { terminal }: Session): Promise<void> {
  const { style } = terminal;
  let found = 0;
  for (const { address, key, value } of search.matches) {
    found++;
    const place = `${style.strong(address)}:${visible(bytesToKeyText(key))}`;
    await terminal.write(`${place}: ${valueToText(readable(value))}\n`);
  }
  await terminal.write(`${countToText(found)} found in ${countToText(search.looked)} entries\n`);
}

async function printJson(search: Search, { kernel, at }: KernelAt, { terminal }: Session): Promise<void> {
  const writer = createJsonWriter(terminal.write);
  await writer.open(null, 'map');
  await writer.add('kernelscope', 1);
  await writer.add('kernel', kernel.address);
  await writer.add('at', at);
  await writer.open('matches', 'list');
  for (const { address, key, value, inKey, inValue } of search.matches) {
    await writer.add(null, {
      kernel: address,
      key: bytesToKeyText(key),
      value: readable(value),
      inKey,
      inValue,
    });
  }
  await writer.close();
  await writer.add('looked', search.looked);
  await writer.close();
}

function readTerm(text: string, kind: SearchOptions['as']): Result<SearchTerm, Fault> {
  if (text === '') return err(fault('bad-term', 'there is nothing to search for'));
  if (kind === 'text') return ok({ kind, text });
  if (kind === 'hex') {
    const digits = text.replace(/^0x/, '');
    return /^([0-9a-f]{2})+$/i.test(digits)
      ? ok({ kind: 'bytes', bytes: hexToBytes(digits) })
      : err(fault('bad-term', `${text} is no row of bytes: give two hexadecimal digits for each`));
  }
  const digits = text.replaceAll('_', '');
  if (/^-?\d+$/.test(digits)) return ok({ kind, number: BigInt(digits) });
  const number = Number(digits);
  return digits.trim() !== '' && Number.isFinite(number)
    ? ok({ kind, number })
    : err(fault('bad-term', `${text} is no number`));
}
