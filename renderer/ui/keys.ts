/** Keys as people read them, from keys as tinykeys writes them: `$mod+Shift+E` is `Ctrl+Shift+E`, or `⇧⌘E` on a Mac. */
export function keysToText(keys: string, mac: boolean): string {
  return keys
    .split(' ')
    .map((press) => pressToText(press.split('+'), mac))
    .join(' ');
}

/** `Save (Ctrl+S)`, for tooltips. */
export const withKeys = (label: string, keys: string | undefined): string =>
  keys === undefined ? label : `${label} (${keysToText(keys, isMac())})`;

export const isMac = (): boolean => navigator.platform.startsWith('Mac');

function pressToText(parts: readonly string[], mac: boolean): string {
  const names = parts.map((part) => (mac ? macNames : otherNames)[part] ?? keyName(part));
  return names.join(mac ? '' : '+');
}

const keyName = (part: string): string => keyNames[part] ?? part.replace(/^(Key|Digit)(?=.$)/, '');

const otherNames: Readonly<Record<string, string>> = { $mod: 'Ctrl', Control: 'Ctrl', Meta: 'Win' };
const macNames: Readonly<Record<string, string>> = {
  $mod: '⌘',
  Meta: '⌘',
  Control: '⌃',
  Shift: '⇧',
  Alt: '⌥',
};
const keyNames: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  Backquote: '`',
  Comma: ',',
  Slash: '/',
};
