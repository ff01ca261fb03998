/** Names as identifiers of the text format: `$` and characters that those may have, each name once. */
import { shorten } from '../../base/shorten';
import type { NameByIndex } from '../names';

/** What has no name that can be shown has none here, either. */
export function identifiersOf(names: NameByIndex): ReadonlyMap<number, string> {
  const identifierByIndex = new Map<number, string>();
  const taken = new Set<string>();
  for (const [index, name] of names) {
    const plain = `$${shorten(name, longest).replaceAll(/[^\w!#$%&'*+\-./:<=>?@\\^`|~]/gu, '_')}`;
    const identifier = [plain, `${plain}.${index}`].find((candidate) => !taken.has(candidate));
    if (name === '' || identifier === undefined) continue;
    taken.add(identifier);
    identifierByIndex.set(index, identifier);
  }
  return identifierByIndex;
}

/** In UTF-16 units. */
const longest = 200;
