/** A host in memory, over the real protocol: a few files, drafts, and compilers that answer what the test says. */
import type { Fault } from '../../core/base/fault';
import { fault } from '../../core/base/fault';
import { type Result, err, ok } from '../../core/base/result';
import { type StudioProtocol, studioProtocol } from '../../core/studio/protocol/studio';
import type { WireDiagnostic } from '../../core/studio/protocol/wire';
import { createInbox } from '../../core/studio/rpc/inbox';
import type { Port } from '../../core/studio/rpc/port';
import { type Handlers, type Served, serve } from '../../core/studio/rpc/serve';
import { type Connection, createConnection } from '../../renderer/app/connection';
import { type StudioStore, createStudioStore } from '../../renderer/store/studio';
import { type FakeClock, createFakeClock } from '../core/studio/rpc/fake-clock';

export interface FakeHost {
  readonly files: Map<string, string>;
  readonly drafts: Map<string, { readonly text: string; readonly version: string | null }>;
  /** What checks of a text say. */
  diagnose(text: string): readonly WireDiagnostic[];
  /** The texts that were checked, in order. */
  readonly checked: string[];
  readonly bound: string[];
  /** The present connection's side of the host. */
  served(): Served<StudioProtocol>;
  drop(): void;
  /** What the test answers itself, by the names of the calls. */
  readonly answers: Partial<Handlers<StudioProtocol>>;
  /** While true nobody can connect. */
  down: boolean;
  openPort(): Promise<Port>;
}

export interface FakeStudio {
  readonly host: FakeHost;
  readonly clock: FakeClock;
  readonly client: Connection;
  readonly store: StudioStore;
}

export function createFakeStudio(
  files: Readonly<Record<string, string>> = {},
  answers: FakeHost['answers'] = {},
): FakeStudio {
  const host = createFakeHost(files, answers);
  const clock = createFakeClock();
  const client = createConnection({ openPort: host.openPort, clock });
  return { host, clock, client, store: createStudioStore({ client, clock }) };
}

/** Lets everything happen that doesn't wait for the clock. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** The version of a text is the text. */
const versionOf = (text: string): string => `v:${text}`;

export function createFakeHost(
  files: Readonly<Record<string, string>>,
  answers: FakeHost['answers'] = {},
): FakeHost {
  let served: Served<StudioProtocol> | null = null;
  let hostSide: Port | null = null;
  const host: FakeHost = {
    files: new Map(Object.entries(files)),
    drafts: new Map(),
    diagnose: () => [],
    checked: [],
    bound: [],
    answers,
    down: false,
    served() {
      if (served === null) throw new Error('nobody is connected');
      return served;
    },
    drop: () => hostSide?.close(),
    openPort() {
      const [window, hosts] = portPair();
      // As a socket does that is refused.
      if (host.down) setImmediate(hosts.close);
      else {
        hostSide = hosts;
        served = serve({
          protocol: studioProtocol,
          port: hosts,
          handlers: { ...handlersOf(host), ...answers },
          onBug: rethrow,
        });
      }
      return Promise.resolve(window);
    },
  };
  return host;
}

function handlersOf(host: FakeHost): Handlers<StudioProtocol> {
  const { files, drafts } = host;
  const unserved = Object.fromEntries(
    Object.keys(studioProtocol).map((name) => [name, () => err(fault('unserved', name))]),
  ) as unknown as Handlers<StudioProtocol>;
  return {
    ...unserved,
    'workspace.describe': () =>
      ok({ name: 'fake', folder: '/fake', writable: true, recovered: null, host: 'web', version: '0' }),
    'files.read': ({ path }) => found(path, files.get(path), (text) => ({ text, version: versionOf(text) })),
    'files.write'({ path, text, version }) {
      const before = files.get(path);
      if (version !== null && before !== undefined && versionOf(before) !== version)
        return err(fault('changed-on-disk', `${path} was changed`));
      files.set(path, text);
      return ok({ version: versionOf(text) });
    },
    'files.rename'({ from, to }) {
      if (files.has(to)) return err(fault('exists', `${to} is there`));
      files.set(to, files.get(from) ?? '');
      files.delete(from);
      return ok({});
    },
    'files.remove'({ path }) {
      files.delete(path);
      return ok({ undo: path });
    },
    'drafts.list': () => ok({ drafts: Array.from(drafts, ([path, draft]) => ({ path, ...draft })) }),
    'drafts.keep'({ path, text, version }) {
      if (text === null) drafts.delete(path);
      else drafts.set(path, { text, version });
      return ok({});
    },
    'contracts.check'({ text }) {
      host.checked.push(text);
      return ok({ diagnostics: [...host.diagnose(text)], interface: null });
    },
    'contracts.rebuild'({ path }) {
      host.bound.push(path);
      return ok({ diagnostics: [...host.diagnose(files.get(path) ?? '')], contracts: [], milliseconds: 12 });
    },
    'contracts.bind'({ path }) {
      host.bound.push(path);
      const diagnostics = [...host.diagnose(files.get(path) ?? '')];
      const built = diagnostics.length === 0;
      const bound = built ? ['/counter'] : [];
      return ok({
        built,
        diagnostics,
        codeBytes: 1,
        code: '',
        bound,
        boundTotal: bound.length,
        waiting: 0,
        unchanged: false,
        milliseconds: 12,
      });
    },
  };
}

function found<T>(path: string, text: string | undefined, answer: (text: string) => T): Result<T, Fault> {
  return text === undefined ? err(fault('not-found', `${path} is not there`)) : ok(answer(text));
}

/** Two ends of one wire. */
function portPair(): readonly [Port, Port] {
  const left = createInbox();
  const right = createInbox();
  const close = (): void => {
    left.end();
    right.end();
  };
  return [
    { post: right.deliver, onMessage: left.onMessage, onClose: left.onClose, close },
    { post: left.deliver, onMessage: right.onMessage, onClose: right.onClose, close },
  ];
}

function rethrow(error: unknown): never {
  throw error;
}
