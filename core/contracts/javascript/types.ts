/** Types as JavaScript's doc comments write them, as the types of an interface. */
import { createTypeReader } from '../types';
import type { TypeText } from '../interface';

/** `value`, which takes anything, for what the interface has no type for. */
export function docTypeToText(written: string): TypeText {
  const type = written.trim();
  const optional = /^\?(.+)$|^(.+?)\s*\|\s*null$|^null\s*\|\s*(.+)$/.exec(type);
  if (optional !== null) return `option<${docTypeToText(optional[1] ?? optional[2] ?? optional[3] ?? '')}>`;
  const list = /^(.+)\[\]$|^Array<(.+)>$/.exec(type);
  if (list !== null) return `list<${docTypeToText(list[1] ?? list[2] ?? '')}>`;
  const known = textByName.get(type);
  if (known !== undefined) return known;
  return readType(type).ok ? type : 'value';
}

const readType = createTypeReader();

const textByName = new Map<string, TypeText>([
  ['number', 'f64'],
  ['boolean', 'bool'],
  ['Uint8Array', 'list<u8>'],
]);
