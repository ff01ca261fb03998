import { require, state } from "kernelscope";

/**
 * What is on the account.
 * @returns {u64}
 */
export function balance() {
  return state.get("balance", 0);
}

/** @param {u64} amount */
export function deposit(amount) {
  state.set("balance", balance() + amount);
}

/**
 * Fails when there is not enough.
 * @param {u64} amount
 */
export function withdraw(amount) {
  const held = balance();
  require(held >= amount, `insufficient funds: ${held} held, ${amount} asked for`);
  state.set("balance", held - amount);
}

/**
 * Withdraws for a payment, and answers with the payment's number.
 * @param {u64} amount
 * @param {u64} payment
 * @returns {u64}
 */
export function withdrawFor(amount, payment) {
  withdraw(amount);
  return payment;
}
