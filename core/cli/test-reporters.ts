/** The ways in which `kernelscope test` tells what became of scenarios: for people, for CI, for programs. */
import { type Fault, faultToText } from '../base/fault';
import type { ExpectationEvent, SummaryEvent } from '../scenario/events';
import type { Step } from '../scenario/scenario';
import { createJsonWriter } from './json';
import { faultToValue } from './fault-value';
import { expectationToValue, summaryToValue } from './receipt-value';
import { expectationToLine } from './run-text';
import { faultToLines } from './session';
import { type Terminal, plainStyle } from './terminal';
import { amount } from './value-text';

export interface TestedScenario {
  readonly file: string;
  readonly name: string;
  readonly steps: readonly TestedStep[];
  /** What kept it from running. */
  readonly faults: readonly Fault[];
  /** `null` when the file could not be read. */
  readonly summary: SummaryEvent | null;
}

export interface TestedStep {
  readonly step: Step;
  readonly held: boolean;
  readonly failures: readonly ExpectationEvent[];
  readonly faults: readonly Fault[];
}

export interface Reporter {
  begin(): Promise<void>;
  tell(tested: TestedScenario): Promise<void>;
  end(): Promise<void>;
}

export function createReporter(kind: 'text' | 'junit' | 'json', terminal: Terminal): Reporter {
  if (kind === 'json') return createJsonReporter(terminal);
  return kind === 'junit' ? createJunitReporter(terminal) : createTextReporter(terminal);
}

const didHold = ({ summary }: TestedScenario): boolean => summary?.held === true;

const faultsOf = ({ faults, steps }: TestedScenario): readonly Fault[] => [
  ...faults,
  ...steps.flatMap((step) => step.faults),
];

function createTextReporter(terminal: Terminal): Reporter {
  const { write, style } = terminal;
  let scenarios = 0;
  let failed = 0;
  return {
    begin: async () => undefined,
    async tell(tested) {
      scenarios += 1;
      if (didHold(tested)) {
        const steps = amount(tested.steps.length, 'step');
        await write(`${style.good('holds')} ${tested.name} ${style.faint(`${tested.file}, ${steps}`)}\n`);
        return;
      }
      failed += 1;
      await write(`${style.bad('fails')} ${tested.name} ${style.faint(tested.file)}\n`);
      for (const { step, failures } of tested.steps) {
        if (failures.length === 0) continue;
        await write(`  step ${step.index + 1}: ${step.to} ${step.method}\n`);
        for (const failure of failures) await write(`    ${expectationToLine(failure, style)}\n`);
      }
      for (const fault of faultsOf(tested)) {
        await write(`  ${faultToLines(fault, terminal).replaceAll('\n', '\n  ')}\n`);
      }
    },
    end: () =>
      write(
        failed === 0
          ? `\n${style.good('holds')} ${amount(scenarios, 'scenario')}\n`
          : `\n${style.bad('fails')} ${failed} of ${amount(scenarios, 'scenario')}\n`,
      ),
  };
}

function createJsonReporter({ write }: Terminal): Reporter {
  const writer = createJsonWriter(write);
  let scenarios = 0;
  let failedScenarios = 0;
  return {
    async begin() {
      await writer.open(null, 'map');
      await writer.add('kernelscope', 1);
      await writer.open('scenarios', 'list');
    },
    async tell(tested) {
      scenarios += 1;
      if (!didHold(tested)) failedScenarios += 1;
      await writer.add(null, {
        file: tested.file,
        name: tested.name,
        held: didHold(tested),
        failures: tested.steps.flatMap(({ failures }) => failures.map(expectationToValue)),
        faults: faultsOf(tested).map(faultToValue),
        summary: tested.summary === null ? null : summaryToValue(tested.summary),
      });
    },
    async end() {
      await writer.close();
      await writer.add('summary', { held: failedScenarios === 0, scenarios, failedScenarios });
      await writer.close();
    },
  };
}

/** A suite for each scenario and a case for each of its steps; what kept a scenario from running is an error. */
function createJunitReporter({ write }: Terminal): Reporter {
  return {
    begin: () => write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kernelscope">\n'),
    async tell({ file, name, steps, faults }) {
      const cases = [
        ...faults.map((fault) =>
          junitCase({ name: 'set-up', file, kind: 'error', words: [faultToText(fault)] }),
        ),
        ...steps.map((tested) => {
          const { step, failures } = tested;
          const words = [
            ...failures.map((failure) => expectationToLine(failure, plainStyle)),
            ...tested.faults.map(faultToText),
          ];
          return junitCase({
            name: `${step.index + 1} ${step.to} ${step.method}`,
            file,
            kind: 'failure',
            words,
          });
        }),
      ];
      const failed = steps.filter(({ held }) => !held).length;
      const counts = `tests="${cases.length}" failures="${failed}" errors="${faults.length}"`;
      await write(
        `  <testsuite name="${escapeXml(name)}" file="${escapeXml(file)}" ${counts}>\n${cases.join('')}  </testsuite>\n`,
      );
    },
    end: () => write('</testsuites>\n'),
  };
}

function junitCase({
  name,
  file,
  kind,
  words,
}: {
  readonly name: string;
  readonly file: string;
  readonly kind: 'failure' | 'error';
  readonly words: readonly string[];
}): string {
  const opening = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(file)}"`;
  if (words.length === 0) return `${opening}/>\n`;
  const message = escapeXml(words[0] ?? '');
  return `${opening}><${kind} message="${message}">${escapeXml(words.join('\n'))}</${kind}></testcase>\n`;
}

/** Text for XML; control characters, which XML can't hold, are shown as such. */
const escapeXml = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- these are what XML 1.0 refuses
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
