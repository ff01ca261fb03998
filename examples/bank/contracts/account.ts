import { require, state } from "kernelscope";

/** What is on the account. */
export function balance(): u64 {
  return state.get<u64>("balance", 0);
}

export function deposit(amount: u64): void {
  state.set("balance", balance() + amount);
}

/** Fails when there is not enough. */
export function withdraw(amount: u64): void {
  const held = balance();
  require(held >= amount, `insufficient funds: ${held} held, ${amount} asked for`);
  state.set("balance", held - amount);
}

/** Withdraws for a payment, and answers with the payment's number. */
export function withdrawFor(amount: u64, payment: u64): u64 {
  withdraw(amount);
  return payment;
}
