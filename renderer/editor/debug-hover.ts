/** Values of names under the pointer, and of those in the line it stands at, as the chosen call sees them. */
import type { IDisposable, editor, languages } from 'monaco-editor/editor/editor.api';
import type { Studio } from '../store/context';
import { valueToSummary } from '../ui/values/value-text';
import type { Monaco } from './load-monaco';

/** Says what a name stands for where the debugger stands. Does nothing while no message is stepped through. */
export function provideDebugHovers(monaco: Monaco, { client, store }: Studio): IDisposable {
  const provider: languages.HoverProvider = {
    async provideHover(model, position) {
      const word = model.getWordAtPosition(position);
      const { debugStop, debugFrame } = store.getState();
      const file = debugFrame.place?.source?.file;
      if (word === null || debugStop === null || file === undefined || `/${file}` !== model.uri.path)
        return null;
      const { session } = debugStop;
      const expressions = [word.word];
      const answer = await client.call('debug.evaluate', { session, frame: debugFrame.index, expressions });
      const value = answer.ok ? answer.value.values[0] : undefined;
      if (value?.ok !== true) return null;
      return {
        contents: [
          { value: `\`${word.word}\`: \`${valueToSummary(value.value, 200, value.more)}\` ${value.type}` },
        ],
        range: {
          startLineNumber: position.lineNumber,
          startColumn: word.startColumn,
          endLineNumber: position.lineNumber,
          endColumn: word.endColumn,
        },
      };
    },
  };
  return monaco.languages.registerHoverProvider(['typescript', 'javascript', 'wat'], provider);
}

/** The values of those names in a line that are locals of the chosen call: `by = 5, count = 40`. */
export async function namesInLine(
  { client, store }: Studio,
  model: editor.ITextModel,
  line: number,
): Promise<string> {
  const { debugStop, debugFrame } = store.getState();
  if (debugStop === null) return '';
  const words = new Set(model.getLineContent(line).match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
  const page = { of: 'locals', frame: debugFrame.index, start: 0, count: 100 } as const;
  const answer = await client.call('debug.values', { session: debugStop.session, ...page });
  const rows = answer.ok ? answer.value.rows : [];
  const named = rows.filter(({ name }) => name !== null && words.has(name));
  return named
    .map(({ name, source, value }) => `${name} = ${valueToSummary(source?.value ?? value, 24, source?.more)}`)
    .join(', ');
}
