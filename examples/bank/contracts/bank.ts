import { log, message, require, self, sender, state } from "kernelscope";

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
  message(from, "withdraw").arg<u64>(amount).send();
  message(to, "deposit").arg<u64>(amount).send();
  log(`${amount} moved`);
  return true;
}

/** Like `transfer`, but pays only after the withdrawal went well, and tells the audit. */
export function pay(payment: Payment): void {
  require(payment.amount > 0, "nothing to pay");
  const number = state.get<u64>("payments", 0);
  state.set<u64>("payments", number + 1);
  state.set<Payment>(`open/${number}`, payment);
  message(payment.from, "withdrawFor").arg<u64>(payment.amount).arg<u64>(number).send("withdrawn");
}

/** The reply of an account to `withdrawFor`: the number of the payment. */
export function withdrawn(number: u64): void {
  const key = `open/${number}`;
  require(state.has(key), "no such payment");
  const payment = state.get<Payment>(key, new Payment());
  require(sender() == `${self()}/${payment.from}`, "only the payer's account may say so");
  state.remove(key);
  state.set<Payment>(`paid/${number}`, payment);
  message(payment.to, "deposit").arg<u64>(payment.amount).send();
  message("audit", "record").arg<u64>(payment.amount).send();
}

/** The payments that were made, the first one first. */
export function payments(): Payment[] {
  const found: Payment[] = [];
  const keys = state.keys("paid/");
  for (let i = 0; i < keys.length; i++) found.push(state.get<Payment>(keys[i], new Payment()));
  return found;
}
