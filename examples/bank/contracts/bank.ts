import { ask, log, require, self, send, sender, state } from "kernelscope";

/** What was paid, as the bank remembers it. */
class Payment {
  from: string = "";
  to: string = "";
  amount: u64 = 0;
}

/** Moves money from one account to another. The accounts are the bank's children. */
export function transfer(from: string, to: string, amount: u64): bool {
  require(amount > 0, "nothing to move");
  require(from != to, "an account can't pay itself");
  send(from, "withdraw", amount);
  send(to, "deposit", amount);
  log(`${amount} moved`);
  return true;
}

/** Like `transfer`, but pays only after the withdrawal went well, and tells the audit. */
export function pay(payment: Payment): void {
  require(payment.amount > 0, "nothing to pay");
  const number = state.get<u64>("payments", 0);
  state.set("payments", number + 1);
  state.set(`open/${number}`, payment);
  ask(payment.from, "withdrawFor", "withdrawn", payment.amount, number);
}

/** The reply of an account to `withdrawFor`: the number of the payment. */
export function withdrawn(number: u64): void {
  const key = `open/${number}`;
  require(state.has(key), "no such payment");
  const payment = state.get<Payment>(key, new Payment());
  require(sender() == `${self()}/${payment.from}`, "only the payer's account may say so");
  state.delete(key);
  state.set(`paid/${number}`, payment);
  send(payment.to, "deposit", payment.amount);
  send("audit", "record", payment.amount);
}

/** The payments that were made, the first one first. */
export function payments(): Payment[] {
  const found: Payment[] = [];
  const entries = state.entries("paid/");
  while (entries.next()) found.push(entries.value<Payment>());
  return found;
}
