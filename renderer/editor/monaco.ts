/** The code editor's library, with what is used of it. It is large: only `load-monaco.ts` may import this file. */
import * as monaco from 'monaco-editor/editor/editor.api';
import 'monaco-editor/features/anchorSelect/register';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/diffEditor/register';
import 'monaco-editor/features/documentSymbols/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/gotoLine/register';
import 'monaco-editor/features/gotoSymbol/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/parameterHints/register';
import 'monaco-editor/features/rename/register';
import 'monaco-editor/features/smartSelect/register';
import 'monaco-editor/features/snippet/register';
import 'monaco-editor/features/suggest/register';
import 'monaco-editor/features/tokenization/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/definitions/yaml/register';
import 'monaco-editor/languages/definitions/markdown/register';
// What these features' own entries leave out.
import 'monaco-editor/editor/contrib/caretOperations/browser/caretOperations';
import 'monaco-editor/editor/contrib/gotoSymbol/browser/goToCommands';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
// The language service brings the rest of the features along when it is loaded. Their services have to be known before
// the first editor is made, or later editors fail for want of them.
import 'monaco-editor/editor/browser/services/inlineCompletionsService';
import 'monaco-editor/editor/common/services/languageFeatureDebounce';
import 'monaco-editor/editor/common/services/semanticTokensStylingService';
import 'monaco-editor/editor/common/services/treeViewsDndService';
import 'monaco-editor/editor/contrib/codelens/browser/codeLensCache';
import 'monaco-editor/editor/contrib/inlayHints/browser/inlayHintsController';
import 'monaco-editor/platform/actionWidget/browser/actionWidget';
import { jsonTokens } from './json-language';
import { watConfiguration, watTokens } from './wat-language';

self.MonacoEnvironment = {
  async getWorker(_id, label) {
    const { default: EditorWorker } = await (label === 'typescript' || label === 'javascript'
      ? import('monaco-editor/language/typescript/ts.worker?worker')
      : import('monaco-editor/editor/editor.worker?worker'));
    return new EditorWorker();
  },
};

monaco.languages.register({ id: 'wat', extensions: ['.wat', '.wast'], aliases: ['WebAssembly Text'] });
monaco.languages.setMonarchTokensProvider('wat', watTokens);
monaco.languages.setLanguageConfiguration('wat', watConfiguration);
monaco.languages.register({ id: 'json', extensions: ['.json'], aliases: ['JSON'] });
monaco.languages.setMonarchTokensProvider('json', jsonTokens);

export { monaco };
export { updateContractLibraries, configureContractLanguages } from './contract-languages';
