/** Schedules as values: as they are kept, and as a message from outside brings one. */
import { type Result, err, ok } from '../base/result';
import type { Value } from '../base/value';
import { parseAddress } from '../environment/address';
import type { Schedule, Turn } from './scheduler';

/** The name of a schedule, the number of a seed, or the start of a list and its turns. */
export function scheduleToValue(schedule: Schedule): Value {
  if (typeof schedule === 'string') return schedule;
  return 'seed' in schedule ? schedule.seed : [schedule.start, turnsToValue(schedule.deliveries)];
}

/** `undefined` when it isn't one. */
export function valueToSchedule(value: Value | undefined): Schedule | undefined {
  if (value === 'fifo' || value === 'manual') return value;
  if (isWhole(value)) return { seed: value };
  if (!Array.isArray(value)) return undefined;
  const [start, turns]: readonly Value[] = value;
  if (!isWhole(start) || !Array.isArray(turns)) return undefined;
  const deliveries = valueToTurns(turns);
  return deliveries.ok ? { start, deliveries: deliveries.value } : undefined;
}

export const turnsToValue = (deliveries: readonly Turn[]): Value =>
  deliveries.map(({ to, from, intervention = null }) =>
    from === undefined ? [intervention, to] : [intervention, to, from],
  );

/** An error says in words which of them isn't one. */
export function valueToTurns(values: readonly Value[]): Result<readonly Turn[], string> {
  const turns: Turn[] = [];
  for (const value of values) {
    const turn = valueToTurn(value);
    if (turn === undefined) return err(`delivery ${turns.length + 1} of the schedule is none`);
    turns.push(turn);
  }
  return ok(turns);
}

function valueToTurn(value: Value): Turn | undefined {
  if (!Array.isArray(value)) return undefined;
  const [intervention, receiver, sender]: readonly Value[] = value;
  const to = typeof receiver === 'string' ? parseAddress(receiver) : undefined;
  if (to?.ok !== true) return undefined;
  const turn: Turn =
    intervention === 'drop' || intervention === 'duplicate'
      ? { to: to.value, intervention }
      : { to: to.value };
  if (sender === undefined) return turn;
  if (sender === null) return { ...turn, from: null };
  const from = typeof sender === 'string' ? parseAddress(sender) : undefined;
  return from?.ok === true ? { ...turn, from: from.value } : undefined;
}

const isWhole = (value: Value | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
