/** A run of a scenario as one JSON document, written while it runs. */
import { codec, hashToText } from '../base/hash';
import type { Fault } from '../base/fault';
import type { ScenarioEvent } from '../scenario/events';
import type { Scenario } from '../scenario/scenario';
import type { JsonWriter } from './json';
import { faultToValue } from './fault-value';
import {
  changeToValue,
  expectationToValue,
  importToValue,
  receiptToValue,
  summaryToValue,
} from './receipt-value';

/** Returns whether all held. */
export async function writeRunAsJson(
  scenario: Scenario,
  events: AsyncIterable<ScenarioEvent>,
  writer: JsonWriter,
): Promise<boolean> {
  const faults: Fault[] = [];
  const changes: ReturnType<typeof changeToValue>[] = [];
  let part: 'kernels' | 'steps' = 'kernels';
  let inReceipt = false;
  let inExpectations = false;
  let held = false;

  async function closeReceipt(): Promise<void> {
    if (!inReceipt) return;
    inReceipt = false;
    await writer.close();
    await writer.add('changes', changes.splice(0));
    await writer.close();
  }

  async function beginExpectations(): Promise<void> {
    if (inExpectations) return;
    inExpectations = true;
    await closeReceipt();
    await writer.close();
    await writer.open('expectations', 'list');
  }

  async function beginSteps(): Promise<void> {
    if (part === 'steps') return;
    part = 'steps';
    await writer.close();
    await writer.open('steps', 'list');
  }

  async function write(event: ScenarioEvent): Promise<void> {
    switch (event.kind) {
      case 'built':
      case 'ended':
        return;
      case 'kernel':
        return writer.add(null, {
          address: event.kernel.address,
          contract: event.kernel.code,
          code: event.code === null ? null : hashToText(event.code, codec.raw),
          state: event.kernel.state,
        });
      case 'fault':
        faults.push(event.fault);
        return;
      case 'step-begun':
        await beginSteps();
        await writer.open(null, 'map');
        await writer.add('line', event.step.position.line ?? 0);
        await writer.add('signal', event.step.to);
        await writer.add('method', event.step.method);
        await writer.open('receipts', 'list');
        inExpectations = false;
        return;
      case 'message':
        await closeReceipt();
        await writer.open(null, 'map');
        for (const [key, value] of Object.entries(receiptToValue(event.receipt)))
          await writer.add(key, value);
        await writer.open('imports', 'list');
        inReceipt = true;
        return;
      case 'import':
        return writer.add(null, importToValue(event));
      case 'change':
        changes.push(changeToValue(event));
        return;
      case 'expectation':
        await beginExpectations();
        return writer.add(null, expectationToValue(event));
      case 'step-ended':
        await beginExpectations();
        await writer.close();
        await writer.add('held', event.held);
        await writer.add('messages', event.messages);
        await writer.add('gasUsed', event.gasUsed);
        return writer.close();
      case 'summary':
        held = event.held;
        await beginSteps();
        await writer.close();
        await writer.add('faults', faults.map(faultToValue));
        return writer.add('summary', summaryToValue(event));
    }
  }

  await writer.open(null, 'map');
  await writer.add('kernelscope', 1);
  await writer.add('file', scenario.file);
  await writer.add('name', scenario.name);
  await writer.open('kernels', 'list');
  for await (const event of events) await write(event);
  await writer.close();
  return held;
}
