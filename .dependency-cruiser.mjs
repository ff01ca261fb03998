/**
 * Who may import whom: the table of ARCHITECTURE.md, and the rules beside it. Type imports count, so that a layer
 * doesn't even know the shapes of what is above it. `npm run check:layers` runs it.
 */

const belowServices = [
  'wasm',
  'javascript',
  'state',
  'store',
  'environment',
  'imports',
  'container',
  'contracts',
  'kernel',
  'history',
  'debugger',
  'scenario',
  'workspace',
  'studio/protocol',
  'studio/rpc',
];

/** The folders of core, and what each may import beside itself and `base`. */
const layers = {
  base: [],
  wasm: [],
  javascript: ['wasm'],
  state: [],
  store: ['state'],
  environment: ['state'],
  imports: ['wasm', 'state', 'environment'],
  container: ['wasm', 'javascript', 'state', 'environment', 'imports'],
  contracts: ['wasm', 'javascript', 'imports'],
  kernel: ['state', 'environment', 'imports', 'container', 'contracts'],
  history: ['state', 'environment', 'imports', 'container', 'kernel'],
  debugger: ['wasm', 'state', 'environment', 'imports', 'container', 'contracts', 'kernel', 'history'],
  scenario: ['state', 'environment', 'imports', 'contracts', 'kernel', 'history'],
  workspace: ['contracts', 'scenario'],
  'studio/protocol': [],
  'studio/rpc': ['studio/protocol'],
  'studio/services': belowServices,
  host: [...belowServices, 'studio/services'],
  // Without a window: it asks worlds, scenarios and contracts themselves, not the services that page them.
  cli: [...belowServices, 'host'],
};

/** The folders of core that may use Node's built-in modules. */
const effectful = ['store', 'contracts', 'workspace', 'host', 'cli'];

const ours = '^(core|renderer|electron|test)/';
const oneOf = (folders) => `(${folders.join('|')})`;
const pureCore = `^core/(?!${oneOf(effectful)}/)`;

const layerRules = Object.entries(layers).map(([folder, allowed]) => ({
  name: `layer-${folder.replace('/', '-')}`,
  comment: `core/${folder} may import ${['base', ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^core/${folder}/` },
  to: { path: ours, pathNot: `^core/${oneOf([folder, 'base', ...allowed])}/` },
}));

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    ...layerRules,
    forbid(
      'unlisted-folder',
      'Every folder of core stands in the table.',
      { path: `^core/(?!${oneOf(Object.keys(layers))}/).+/` },
      {},
    ),
    forbid(
      'unlisted-folder-imported',
      'Every folder of core stands in the table.',
      {},
      { path: `^core/(?!${oneOf(Object.keys(layers))}/).+/` },
    ),
    forbid(
      'windowless-core',
      'The core draws nothing.',
      { path: '^core/' },
      { path: '(^|node_modules/)(electron|react|react-dom|zustand|monaco-editor|dockview-react)(/|$)' },
    ),
    forbid(
      'pure-core',
      `Only core/${oneOf(effectful)} touch the machine.`,
      { path: pureCore },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'renderer-reach',
      'The window knows the protocol, not what answers it.',
      { path: '^renderer/' },
      { path: '^(core|electron|test)/', pathNot: '^core/(base|studio/(protocol|rpc))/' },
    ),
    forbid('renderer-node', 'The window has no Node.', { path: '^renderer/' }, { dependencyTypes: ['core'] }),
    forbid(
      'electron-reach',
      'The shell is thin: it starts the host and shows the window.',
      { path: '^electron/' },
      { path: '^(core|renderer|test)/', pathNot: '^core/(base|host|studio)/' },
    ),
    forbid(
      'services-hidden',
      'Services are reached through the protocol.',
      { pathNot: '^(core/(host|cli|studio/services)|electron|test)/' },
      { path: '^core/studio/services/' },
    ),
    forbid(
      'electron-only-in-its-folder',
      'Everything else runs without Electron.',
      { pathNot: '^(electron|test)/' },
      { path: '(^|node_modules/)electron(/|$)' },
    ),
    forbid(
      'panels-apart',
      'Panels share the store, never each other.',
      { path: '^renderer/panels/([^/]+)/' },
      { path: '^renderer/panels/[^/]+/', pathNot: '^renderer/panels/$1/' },
    ),
    forbid(
      'tests-apart',
      'The product knows no test.',
      { path: '^(core|electron|renderer)/' },
      { path: '^test/' },
    ),
    forbid(
      'no-cycles',
      'What needs each other to load belongs in one file. A lazy import waits until all is loaded.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    ),
    forbid(
      'resolvable',
      'Every import leads somewhere.',
      // The peers of the benchmark are installed apart; what runs in the sandbox has modules of its own.
      { pathNot: '^(test/bench|core/javascript/guest|core/contracts/sdk/assembly)/' },
      { couldNotResolve: true, pathNot: String.raw`^virtual:|\?(raw|url|worker|inline|assemblyscript)$` },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/bench/node_modules/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
