/** What the comment before a function says of it: its words, and the types of its parameters and its result. */

export interface DocComment {
  readonly words: string | null;
  /** As they are written, by the parameters' names. */
  readonly typeByName: ReadonlyMap<string, string>;
  /** As it is written; `null` when nothing is said. */
  readonly result: string | null;
}

/** The comment that ends right before the function, whose text is somewhere in the file's. */
export function docCommentOf(functionText: string, file: string): DocComment {
  const before = file.slice(0, Math.max(0, file.indexOf(functionText)));
  const comment = beforeExport.exec(before)?.[1];
  return comment === undefined ? { words: null, typeByName: new Map(), result: null } : readComment(comment);
}

/** The comment at the top of a file, unless it is a function's. */
export function docCommentOfFile(file: string): string | null {
  const comment = /^\s*\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*?(?:\n\s*\n|\n\s*import\b)/.exec(file)?.[1];
  return comment === undefined ? null : readComment(comment).words;
}

const beforeExport =
  /\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*(?:export\s+)?(?:(?:const|let|var)\s+[\p{ID_Continue}$]+\s*=\s*)?$/u;

function readComment(comment: string): DocComment {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const firstTag = lines.findIndex((line) => line.startsWith('@'));
  const words = (firstTag < 0 ? lines : lines.slice(0, firstTag)).join('\n').trim();
  const tags = firstTag < 0 ? '' : lines.slice(firstTag).join('\n');
  const parameters = tags.matchAll(/@param\s+\{([^\n]*?)\}\s+\[?([\p{ID_Continue}$]+)/gu);
  return {
    words: words === '' ? null : words,
    typeByName: new Map(Array.from(parameters, ([, type = '', name = '']) => [name, type.trim()])),
    result: /@returns?\s+\{([^\n]*?)\}/.exec(tags)?.[1]?.trim() ?? null,
  };
}
