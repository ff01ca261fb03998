/** How much of each a module may have. More would take time and memory to read that no program is worth. */

export const mostOf = {
  types: 1 << 16,
  imports: 1 << 14,
  functions: 1 << 18,
  tables: 16,
  globals: 1 << 16,
  exports: 1 << 16,
  'element segments': 1 << 16,
  'data segments': 1 << 16,
  'custom sections': 1 << 12,
  /** Of one type, either way; the engine's own bound. */
  'parameters or results': 1000,
  /** Of one function; the engine's own bound. */
  locals: 50_000,
  /** Groups of locals of one type, over all functions. */
  'declarations of locals': 1 << 20,
  /** Over all segments. */
  'elements in segments': 1 << 18,
  /** Of one instruction; the engine's own bound. */
  'labels of a br_table': 65_520,
} as const;

/** The largest module that is looked at, in bytes. */
export const largestModule = 1 << 25;
