/** In UTF-16 units: the most that a contract says of why it gave up, in its outcome. */
export const longestReason = 1 << 20;

/** The beginning of a text of more than so many UTF-16 units, and `…`. Never half a character. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  const splitsCharacter = last >= 0xd800 && last < 0xdc00;
  return `${text.slice(0, splitsCharacter ? most - 1 : most)}…`;
}
