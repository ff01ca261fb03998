/** What the composer knows and does; the panel shows it. */
import { useEffect, useState } from 'react';
import { type Fault, fault } from '../../../core/base/fault';
import { type Result, err, ok } from '../../../core/base/result';
import { useActions, useClient, usePast, useStudio, useStudioContext } from '../../store/context';
import type { StudioStore } from '../../store/studio';
import { useAnswer } from '../../store/past/use-answer';
import { useKernel } from '../../store/past/use-kernel';
import { useSteadyLength } from '../../store/use-steady-length';
import { addressProblem } from './address-text';
import type { FieldFaults } from './draft-to-value';
import { faultPlace } from './fault-place';
import { type MethodForm, type SignalArgs, draftsToArgs, parseArgs } from './method-form';
import { memoryName, memoryToPlain, plainToMemory } from './memory';
import type { SentSignal } from './sent-signal';
import { type SignalDraft, draftsOf, formOf, withArgs } from './signal-draft';

/** Why the last attempt to send failed, each fault where it belongs. */
export interface SendFaults {
  readonly address: Fault | null;
  readonly method: Fault | null;
  readonly form: Fault | null;
  readonly fields: FieldFaults;
}

const noFaults: SendFaults = { address: null, method: null, form: null, fields: new Map() };

/** How many signals are kept to be sent again. */
const sentLimit = 50;

export function useComposer() {
  const client = useClient();
  const { store } = useStudioContext();
  const { selectReceipt, rememberPanel } = useActions();
  const [remembered] = useState(() => plainToMemory(store.getState().panelMemories[memoryName]?.()));
  const [signal, setSignal] = useState<SignalDraft>(remembered.signal);
  const [attempted, setAttempted] = useState(false);
  const [refused, setRefused] = useState<SendFaults>(noFaults);
  const [sending, setSending] = useState(false);
  const [sent, setSent] = useState<readonly SentSignal[]>(remembered.sent);
  const [awaited, setAwaited] = useState<SentSignal | null>(null);

  useEffect(
    () => rememberPanel(memoryName, () => memoryToPlain({ signal, sent })),
    [rememberPanel, signal, sent],
  );

  const kernel = useKernel(addressProblem(signal.to) === null ? signal.to : '/', useSteadyLength());
  const contract = kernel.state === 'ready' ? kernel.value.interface : null;
  const form = formOf(contract, signal.method);
  const args = readArgs(signal, form);

  const change = (next: SignalDraft): void => {
    setSignal(next);
    setRefused(noFaults);
  };
  useFollowing({ signal, form, kernel, change });

  const send = async (): Promise<void> => {
    setAttempted(true);
    const gas = parseGas(signal.gas);
    if (!args.ok || !gas.ok || addressProblem(signal.to) !== null || signal.method === '') return;
    setSending(true);
    const { to, method } = signal;
    const answer = await client.call('world.signal', { to, method, args: args.value, gas: gas.value });
    setSending(false);
    if (!answer.ok) {
      setRefused(placedFault(answer.error, form));
      return;
    }
    setAttempted(false);
    const done = { to, method, args: args.value, gas: signal.gas, receipt: null };
    setSent((before) => [done, ...before].slice(0, sentLimit));
    setAwaited(done);
    const delivered = await client.call('world.delivered', answer.value);
    setAwaited((latest) => (latest === done ? null : latest));
    if (!delivered.ok || delivered.value.receipt === null) return;
    const { receipt } = delivered.value;
    setSent((before) => before.map((one) => (one === done ? { ...done, receipt } : one)));
    await committed(store, receipt);
    selectReceipt(receipt, to);
  };

  /** Fills in a signal that was sent before. */
  const recall = (earlier: SentSignal): void => {
    const named = { ...signal, to: earlier.to, method: earlier.method, gas: earlier.gas };
    change(withArgs(named, formOf(contract, earlier.method), earlier.args));
  };

  return {
    signal,
    change,
    kernel,
    contract,
    form,
    attempted,
    refused,
    sending,
    sent,
    awaited,
    send,
    recall,
    fieldFaults: args.ok ? refused.fields : args.error,
    gasFault: errorOf(parseGas(signal.gas)),
  };
}

interface Followed {
  readonly kernel: string | null;
  readonly receipt: number | null;
  /** A kernel was just taken over: whether it has the method is not known yet. */
  readonly unsettled: boolean;
}

/** Takes over what other panels ask for: a kernel that was chosen by itself, and signals to be written. */
function useFollowing(composer: {
  readonly signal: SignalDraft;
  readonly form: MethodForm | null;
  readonly kernel: ReturnType<typeof useKernel>;
  readonly change: (signal: SignalDraft) => void;
}): void {
  const { signal, form, change } = composer;
  const kernel = useStudio((studio) => studio.kernel);
  const receipt = useStudio((studio) => studio.receipt);
  const wish = useStudio((studio) => studio.composeWish);
  const message = useAnswer(usePast().receipt, receipt);
  // A signal that was remembered stays, whatever was selected when the window was left.
  const [followed, setFollowed] = useState<Followed>(
    signal.to === ''
      ? { kernel: null, receipt: null, unsettled: false }
      : { kernel, receipt, unsettled: false },
  );
  const [granted, setGranted] = useState(0);
  // A wish with arguments waits for the form that they are to be filled into.
  const [filled, setFilled] = useState(0);

  // What was wished for before is no wish of the next composer.
  const { forgetComposeWish } = useActions();
  useEffect(() => forgetComposeWish, [forgetComposeWish]);

  if (wish !== null && wish.serial !== granted) {
    setGranted(wish.serial);
    setFollowed({ kernel: wish.to, receipt, unsettled: wish.method === null });
    const named = { ...signal, to: wish.to, method: wish.method ?? signal.method };
    change(wish.args === null ? named : withArgs(named, null, [...wish.args]));
  } else if (wish !== null && wish.serial !== filled && form !== null && signal.method === wish.method) {
    setFilled(wish.serial);
    if (wish.args !== null && signal.to === wish.to) change(withArgs(signal, form, [...wish.args]));
  } else if (kernel !== followed.kernel || receipt !== followed.receipt) {
    // Looking through messages selects their kernels too, and must not take away what is being written.
    const cameAlong =
      receipt !== followed.receipt || (message?.state === 'ready' && message.value.row.to === kernel);
    const follows = kernel !== null && kernel !== signal.to && (!cameAlong || signal.to === '');
    setFollowed({ kernel, receipt, unsettled: follows });
    if (follows) change({ ...signal, to: kernel });
  } else if (followed.unsettled && composer.kernel.state !== 'loading') {
    setFollowed({ ...followed, unsettled: false });
    if (form === null) change({ ...signal, method: '' });
  }
}

function readArgs(signal: SignalDraft, form: MethodForm | null): Result<SignalArgs, FieldFaults> {
  return form === null
    ? parseArgs(signal.textByMethod.get(signal.method) ?? '')
    : draftsToArgs(form, draftsOf(signal, form));
}

function parseGas(text: string): Result<number | null, Fault> {
  const digits = text.replaceAll(/[\s_,]/g, '');
  if (digits === '') return ok(null);
  const value = Number(digits);
  if (/^\d+$/.test(digits) && value > 0 && Number.isSafeInteger(value)) return ok(value);
  return err(
    fault('bad-gas', 'a gas limit is a whole number above 0', {
      remedy: 'leave it empty for the limit of the world',
    }),
  );
}

function placedFault(refusal: Fault, form: MethodForm | null): SendFaults {
  const place = faultPlace(refusal, form?.fields.map(({ name }) => name) ?? []);
  if (place.kind !== 'field') return { ...noFaults, [place.kind]: refusal };
  return { ...noFaults, fields: new Map([[place.path, { ...refusal, code: 'bad-field' as const }]]) };
}

/** A receipt can be looked at from the moment that the world has committed it. */
function committed(store: StudioStore, receipt: number): Promise<void> {
  const isThere = (): boolean => (store.getState().world?.length ?? 0) > receipt;
  if (isThere()) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = store.subscribe(() => {
      if (!isThere()) return;
      unsubscribe();
      resolve();
    });
  });
}

const errorOf = <T, E>(result: Result<T, E>): E | null => (result.ok ? null : result.error);
