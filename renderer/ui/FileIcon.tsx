import { Icon } from './Icon';
import './ui.css';

/** A file's kind at a glance, by its ending. */
export function FileIcon({ path }: { path: string }) {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  const { icon, kind } = iconByEnding[ending] ?? { icon: 'file', kind: 'plain' };
  return <Icon name={icon} className={`file-icon file-icon-${kind}`} />;
}

const iconByEnding: Readonly<Record<string, { readonly icon: string; readonly kind: string }>> = {
  ts: { icon: 'file-code', kind: 'contract' },
  js: { icon: 'file-code', kind: 'contract' },
  wat: { icon: 'file-code', kind: 'wat' },
  wasm: { icon: 'file-binary', kind: 'wat' },
  yaml: { icon: 'checklist', kind: 'scenario' },
  yml: { icon: 'checklist', kind: 'scenario' },
  json: { icon: 'json', kind: 'data' },
  md: { icon: 'book', kind: 'plain' },
};
