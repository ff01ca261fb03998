/** From the text of a scenario file to a scenario, or to all that is wrong with it, each with its place. */
import type { z } from 'zod';
import { type Fault, type Position, fault } from '../base/fault';
import { nearest } from '../base/nearest';
import { type Result, err, ok } from '../base/result';
import { type Value, isValueMap } from '../base/value';
import { type Address, parseAddress, rootAddress, segmentsOf } from '../environment/address';
import { defaultLimits } from '../environment/limits';
import type { ChosenSchedule, Turn } from '../kernel/scheduler';
import { type Path, type Source, type SourceFault, readSource } from './document';
import {
  type ExpectInFile,
  type OutcomeInFile,
  type ScenarioFile,
  type ScheduleInFile,
  placeAt,
  scenarioFile,
} from './format';
import type { Expectation, ExpectedFact, ExpectedOutcome, Scenario, ScenarioKernel, Step } from './scenario';

export type ScenarioFault =
  | SourceFault
  | Fault<'unknown-key' | 'missing-key' | 'wrong-value' | 'wrong-version' | 'unsupported' | 'bad-address'>;

/** `file` is how faults name the text. */
export function parseScenario(text: string, file: string): Result<Scenario, readonly ScenarioFault[]> {
  const source = readSource(text, file);
  if (!source.ok) return source;
  const checked = scenarioFile.safeParse(source.value.value);
  if (!checked.success) {
    return err(checked.error.issues.flatMap((issue) => faultsOf(issue, source.value)));
  }
  const faults: ScenarioFault[] = [];
  const scenario = createReader(source.value, faults).scenario(checked.data, file);
  return faults.length === 0 ? ok(scenario) : err(faults);
}

function faultsOf(issue: z.core.$ZodIssue, source: Source): readonly ScenarioFault[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const value = valueAt(source.value, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, source));
  if (issue.code === 'invalid_union' && value !== undefined && isValueMap(value)) {
    const known = placeAt(path)?.keys ?? [];
    const unknown = Object.keys(value).filter((key) => known.length > 0 && !known.includes(key));
    if (unknown.length > 0) return unknown.map((key) => unknownKey(key, path, source));
  }
  if (issue.code === 'invalid_union' && Array.isArray(value)) {
    const inside = issue.errors.find((errors) => errors.every((error) => error.path.length > 0));
    if (inside !== undefined)
      return inside.flatMap((error) => faultsOf({ ...error, path: [...path, ...error.path] }, source));
  }
  const key = path.at(-1);
  if (value === undefined && typeof key === 'string') {
    const above = path.slice(0, -1);
    return [
      fault(
        'missing-key',
        `missing key \`${key}\` in ${placeAt(above)?.name ?? 'this map'}: ${issue.message}`,
        {
          position: source.locate(above),
        },
      ),
    ];
  }
  const position = source.locate(path);
  if (path.length === 1 && key === 'kernelscope' && typeof value === 'number') {
    const words = `this file is of version ${value}; this program reads version 1`;
    return [fault('wrong-version', words, { position })];
  }
  return [fault('wrong-value', `${nameOf(path)}: ${issue.message}`, { position })];
}

function unknownKey(key: string, path: Path, source: Source): ScenarioFault {
  const place = placeAt(path) ?? { name: 'this map', keys: [] };
  const meant = nearest(key, place.keys);
  return fault(
    'unknown-key',
    `unknown key \`${key}\` in ${place.name}${meant === null ? '' : `; did you mean \`${meant}\`?`}`,
    { position: source.locateKey([...path, key]), remedy: `keys here: ${place.keys.join(', ')}` },
  );
}

function valueAt(top: Value, path: Path): Value | undefined {
  let value: Value | undefined = top;
  for (const step of path) {
    if (value === undefined || !(Array.isArray(value) || isValueMap(value))) return undefined;
    const entries: readonly (readonly [string, Value])[] = Object.entries(value);
    value = entries.find(([key]) => key === String(step))?.[1];
  }
  return value;
}

/** `steps, 2nd, expect, messages` is read as `messages`; an entry of a list by its number. */
function nameOf(path: Path): string {
  const key = path.at(-1);
  if (key === undefined) return 'the file';
  return typeof key === 'number' ? `entry ${key + 1} of \`${String(path.at(-2))}\`` : `\`${key}\``;
}

/** Turns checked parts of the file into the scenario's, and collects what is still wrong with them. */
function createReader(source: Source, faults: ScenarioFault[]) {
  function address(text: string, position: Position): Address {
    const parsed = parseAddress(text);
    if (parsed.ok) return parsed.value;
    faults.push({ ...parsed.error, position });
    return rootAddress;
  }

  function kernels(file: ScenarioFile): readonly ScenarioKernel[] {
    const read = Object.entries(file.kernels).map(([text, { code, state }]): ScenarioKernel => {
      const path = ['kernels', text];
      const position = source.locateKey(path);
      const at = address(text, position);
      if (at === rootAddress && state !== undefined) {
        faults.push(
          fault('unsupported', 'the root kernel is there from the beginning, so it can be given no state', {
            position: source.locateKey([...path, 'state']),
            remedy: 'give the state to a kernel below it',
          }),
        );
      }
      return {
        address: at,
        code: code ?? null,
        state: state ?? {},
        position,
        codePosition: source.locate([...path, 'code']),
      };
    });
    return read.toSorted((left, right) => segmentsOf(left.address).length - segmentsOf(right.address).length);
  }

  function schedule(written: ScheduleInFile, hasSteps: boolean): ChosenSchedule {
    if (written === 'manual' && hasSteps) {
      faults.push(
        fault('unsupported', 'nobody is there to choose what goes next while the steps run', {
          position: source.locate(['schedule']),
          remedy: 'write the deliveries as a list, or leave the steps out and choose in the window',
        }),
      );
    }
    if (typeof written === 'string' || 'seed' in written) return written;
    const deliveries = written.map((delivery, index): Turn => {
      const path = ['schedule', index];
      if (typeof delivery === 'string') return { to: address(delivery, source.locate(path)) };
      const { from } = delivery;
      const key = 'to' in delivery ? 'to' : 'drop' in delivery ? 'drop' : 'duplicate';
      const to = 'to' in delivery ? delivery.to : 'drop' in delivery ? delivery.drop : delivery.duplicate;
      return {
        to: address(to, source.locate([...path, key])),
        ...(key === 'to' ? {} : { intervention: key }),
        ...(from === undefined
          ? {}
          : { from: from === null ? null : address(from, source.locate([...path, 'from'])) }),
      };
    });
    return { deliveries };
  }

  function expectations(expect: ExpectInFile | undefined, path: Path) {
    const found: Expectation[] = [];
    const add = (fact: ExpectedFact, ...inner: readonly string[]) =>
      found.push({ ...fact, position: source.locateKey([...path, 'expect', ...inner]) });
    if (expect === undefined) return found;
    if (expect.outcome !== undefined)
      add({ kind: 'outcome', expected: outcomeOf(expect.outcome) }, 'outcome');
    if (expect.reply !== undefined) add({ kind: 'reply', expected: expect.reply }, 'reply');
    if (expect.messages !== undefined) add({ kind: 'messages', expected: expect.messages }, 'messages');
    if (expect.log !== undefined) add({ kind: 'log', expected: expect.log }, 'log');
    for (const [text, values] of Object.entries(expect.state ?? {})) {
      const kernel = address(text, source.locateKey([...path, 'expect', 'state', text]));
      for (const [key, expected] of Object.entries(values)) {
        add({ kind: 'state', kernel, key, expected: expected }, 'state', text, key);
      }
    }
    return found;
  }

  function steps(file: ScenarioFile): readonly Step[] {
    return (file.steps ?? []).map(({ signal, method, args, gas, expect }, index): Step => {
      const path = ['steps', index];
      return {
        index,
        to: address(signal, source.locate([...path, 'signal'])),
        method,
        args: args ?? {},
        gas: gas ?? null,
        expectations: expectations(expect, path),
        position: source.locate(path),
        locateArgument: (name) => source.locateKey([...path, 'args', name]),
      };
    });
  }

  return {
    scenario(file: ScenarioFile, name: string): Scenario {
      const { gas, pages, stack, messages } = file.limits ?? {};
      return {
        file: name,
        name: file.name ?? name,
        limits: {
          gas: gas ?? defaultLimits.gas,
          pages: pages ?? defaultLimits.pages,
          stack: stack ?? defaultLimits.stack,
          messages: messages ?? defaultLimits.messages,
        },
        schedule: schedule(file.schedule ?? 'fifo', file.steps !== undefined),
        locateDelivery: (index) => source.locate(['schedule', index]),
        answers: (file.answers ?? []).map(({ kernel, import: name, call, value, fail }, index) => ({
          kernel: address(kernel, source.locate(['answers', index, 'kernel'])),
          import: name,
          ...(call === undefined ? {} : { call }),
          ...(fail === undefined ? { value: value ?? null } : { fail }),
        })),
        locateAnswer: (index) => source.locate(['answers', index, 'import']),
        kernels: kernels(file),
        steps: steps(file),
      };
    },
  };
}

function outcomeOf(outcome: OutcomeInFile): ExpectedOutcome {
  if (outcome === 'ok') return { kind: 'ok' };
  return 'trap' in outcome
    ? { kind: 'trap', words: outcome.trap }
    : { kind: 'rejected', words: outcome.rejected };
}
