/** The place of characters `start` to `end` in a text: line and column from 1, and no further than the line's end. */
export function placeAt(
  text: string,
  start: number,
  end: number,
): { readonly line: number; readonly column: number; readonly length: number } {
  const before = text.slice(0, start);
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineEnd = text.indexOf('\n', start);
  return {
    line: before.split('\n').length,
    column: start - lineStart + 1,
    length: Math.max(0, Math.min(end, lineEnd === -1 ? text.length : lineEnd) - start),
  };
}
