/** Colours, brackets and comments of WebAssembly's text format. */
import type { languages } from 'monaco-editor/editor/editor.api';

export const watConfiguration: languages.LanguageConfiguration = {
  comments: { lineComment: ';;', blockComment: ['(;', ';)'] },
  brackets: [['(', ')']],
  autoClosingPairs: [
    { open: '(', close: ')' },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '(', close: ')' },
    { open: '"', close: '"' },
  ],
  // Names begin with `$` and instructions hold dots: both are one word.
  wordPattern: /[$\w.!#%&'*+\-/:<=>?@\\^`|~]+/,
};

export const watTokens: languages.IMonarchLanguage = {
  defaultToken: '',
  tokenPostfix: '.wat',
  brackets: [{ open: '(', close: ')', token: 'delimiter.parenthesis' }],
  sections: [
    'module',
    'type',
    'rec',
    'sub',
    'func',
    'param',
    'result',
    'local',
    'import',
    'export',
    'memory',
    'table',
    'global',
    'elem',
    'data',
    'start',
    'offset',
    'item',
    'mut',
    'declare',
    'tag',
  ],
  types: ['i32', 'i64', 'f32', 'f64', 'v128', 'i8', 'i16', 'funcref', 'externref', 'anyref', 'extern', 'any'],
  control: [
    'block',
    'loop',
    'if',
    'then',
    'else',
    'end',
    'br',
    'br_if',
    'br_table',
    'return',
    'call',
    'call_indirect',
    'return_call',
    'return_call_indirect',
    'unreachable',
    'nop',
    'drop',
    'select',
  ],
  tokenizer: {
    root: [
      [/;;.*$/, 'comment'],
      [/\(;/, 'comment', '@comment'],
      [/"/, 'string', '@string'],
      [/\$[\w.!#%&'*+\-/:<=>?@\\^`|~]+/, 'variable'],
      [/(?:offset|align)(?==)/, 'attribute.name'],
      [/[+-]?0x[\da-fA-F_]+(?:\.[\da-fA-F_]*)?(?:[pP][+-]?\d+)?/, 'number.hex'],
      [/[+-]?\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?/, 'number'],
      [/[+-]?(?:inf|nan(?::0x[\da-fA-F_]+)?)\b/, 'number'],
      [
        /[a-z][\w.]*/,
        {
          cases: {
            '@sections': 'keyword',
            '@control': 'keyword.control',
            '@types': 'type',
            '@default': 'support.function',
          },
        },
      ],
      [/[()]/, '@brackets'],
    ],
    comment: [
      [/\(;/, 'comment', '@push'],
      [/;\)/, 'comment', '@pop'],
      [/./, 'comment'],
    ],
    string: [
      [/\\(?:[nrt"'\\]|[\da-fA-F]{2}|u\{[\da-fA-F]+\})/, 'string.escape'],
      [/[^"\\]+/, 'string'],
      [/"/, 'string', '@pop'],
      [/\\./, 'string.invalid'],
    ],
  },
};
