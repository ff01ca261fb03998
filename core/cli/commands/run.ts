import { openHeadless } from '../../host/headless';
import { runScenario } from '../../scenario/run';
import { workspaceOf } from '../../workspace/workspace';
import { createJsonWriter } from '../json';
import { readScenario } from '../read-scenario';
import { writeRunAsJson } from '../run-json';
import { writeRunAsText } from '../run-text';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';

export async function run(file: string, options: CommonOptions, session: Session): Promise<ExitCode> {
  const scenario = await readScenario(file);
  if (!scenario.ok) return failWith(session, scenario.error, options);
  const headless = openHeadless(await workspaceOf(file), session.built, process.cwd());
  try {
    const { terminal } = session;
    const events = runScenario(scenario.value, headless.parts, { observed: true });
    const held =
      options.json === true
        ? await writeRunAsJson(scenario.value, events, createJsonWriter(terminal.write))
        : await writeRunAsText(scenario.value, events, terminal);
    return held ? 0 : 1;
  } finally {
    await headless.close();
  }
}
