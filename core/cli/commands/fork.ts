import { fault } from '../../base/fault';
import { hashToText } from '../../base/hash';
import { err, ok } from '../../base/result';
import { finish } from '../../base/steps';
import { repeatSignals, runToRest } from '../../history/repeat';
import { openHeadless } from '../../host/headless';
import { openWorldToChange } from '../../host/world-to-change';
import { type BuildCode, type ChangeOptions, readChanges } from '../changes';
import { valueToJson } from '../json';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { amount, countToText } from '../value-text';

export interface ForkOptions extends CommonOptions, ChangeOptions {
  /** Receipts that are shared; without it all there are. */
  readonly at?: number;
  /** The branch that is forked. */
  readonly of?: string;
  /** Whether the signals that came later are sent again. */
  readonly repeat?: true;
  /** `false` leaves on its way what is on its way. */
  readonly run: boolean;
}

export async function branchFork(
  { folder, name }: { readonly folder: string; readonly name: string },
  options: ForkOptions,
  session: Session,
): Promise<ExitCode> {
  const world = await openWorldToChange(folder);
  if (!world.ok) return failWith(session, [world.error], options);
  const { workspace, open, close } = world.value;
  const headless = openHeadless(workspace, session.built, process.cwd());
  const build: BuildCode = async (path) => {
    const built = await headless.parts.build(path);
    if (!built.ok) return built;
    return built.value.ok ? ok(built.value.code) : err(fault('build-failed', `${path} does not compile`));
  };
  try {
    const source = open(options.of);
    if (!source.ok) return await failWith(session, [source.error], options);
    const branch = source.value;
    const at = options.at ?? branch.length;
    const changes = await readChanges(options, { branch, at, build });
    if (!changes.ok) return await failWith(session, [changes.error], options);
    const later = branch.fork({ name, at, changes: changes.value });
    if (!later.ok) return await failWith(session, [later.error], options);
    const forked = open(name);
    if (!forked.ok) return await failWith(session, [forked.error], options);
    const fork = forked.value;
    if (options.repeat === true) finish(repeatSignals(fork, branch, later.value));
    else if (options.run) finish(runToRest(fork));
    const { length, pending } = fork;
    const root = hashToText(fork.root());
    await session.terminal.write(
      options.json === true
        ? `${valueToJson({ kernelscope: 1, name, at, of: branch.name, length, pending, root })}\n`
        : `${name}: ${amount(length, 'receipt')}, the first ${countToText(at)} shared with ${branch.name}` +
            `${pending === 0 ? '' : `, ${amount(pending, 'message')} on the way`}, world ${root}\n`,
    );
    return 0;
  } finally {
    await headless.close();
    close();
  }
}
