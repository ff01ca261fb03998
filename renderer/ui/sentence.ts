/** Words of a fault as a sentence: a capital at the front, unless it begins with a name or path, and a full stop. */
export function toSentence(words: string): string {
  const [first = ''] = words.split(/[\s:]/, 1);
  const begin = /^[a-z]+$/.test(first) ? words.charAt(0).toUpperCase() + words.slice(1) : words;
  return /[.!?…]$/.test(begin) ? begin : `${begin}.`;
}
