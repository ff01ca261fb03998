/** Doc comments, read from the text: the compiler doesn't keep them. */

/** The words of the `/** … *\/` that ends right before the declaration at `start`; `null` when there is none. */
export function docBefore(text: string, start: number): string | null {
  const before = text.slice(0, start).trimEnd();
  const open = before.lastIndexOf('/**');
  const close = before.lastIndexOf('*/');
  return before.endsWith('*/') && open >= 0 && open < close ? wordsOf(before.slice(open + 3, close)) : null;
}

/** The words of the comment that a file opens with, when it is about the file: no declaration follows at once. */
export function docOfFile(text: string): string | null {
  const head = text.trimStart();
  if (!head.startsWith('/**')) return null;
  const close = head.indexOf('*/');
  if (close < 0) return null;
  const after = head.slice(close + 2);
  const isApart = /^[^\S\n]*(\r?\n){2}/.test(after) || /^\s*(import\b|\/\*\*)/.test(after);
  return isApart ? wordsOf(head.slice(3, close)) : null;
}

function wordsOf(comment: string): string | null {
  const lines = comment.split(/\r?\n/).map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const words = lines.join('\n').trim();
  return words === '' ? null : words;
}
