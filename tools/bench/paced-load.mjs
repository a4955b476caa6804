// Load at a fixed rate: arrivals are random (Poisson) and never wait for answers; a call's time counts from when it was
// due. The load comes from a second process on the same machine; CPU is the server's whole process.
import { quantile } from './gateway.mjs';

/**
 * Calls a gateway `rate` times a second for some seconds. `call(turn)` makes one call and resolves with its answer.
 * Returns the rate reached, the answers, times in ms and CPU ms a call.
 */
export async function pacedLoad(gateway, { rate, seconds, call }) {
  const cpuBefore = gateway.cpuSeconds();
  const startedAt = performance.now();
  let turn = Math.floor(Math.random() * 10_000);
  const asked = [];
  for (let due = startedAt; due < startedAt + seconds * 1000; due += (-Math.log(1 - Math.random()) * 1000) / rate) {
    const wait = due - performance.now();
    if (wait > 0.5) await new Promise((resolve) => setTimeout(resolve, wait));
    asked.push(timed(call, turn++, due));
  }
  const answers = await Promise.all(asked);
  const times = answers.map(({ ms }) => ms);
  return {
    rate: answers.length / ((performance.now() - startedAt) / 1000),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    max: quantile(times, 1),
    cpuMs: ((gateway.cpuSeconds() - cpuBefore) * 1000) / answers.length,
    answers: answers.map(({ answer }) => answer),
  };
}

async function timed(call, turn, due) {
  const answer = await call(turn);
  return { answer, ms: performance.now() - Math.min(due, performance.now()) };
}

/** What calls are and how long they took, as the head of a table. */
export const loadHead = (what, more = '') =>
  `| load | ${what}/s | p50 ms | p99 ms | max ms | CPU ms each |${more && ` ${more} |`}\n|---|---|---|---|---|---|${more && '---|'}`;

/** A load as a row of that table. */
export function loadRow(name, { rate, p50, p99, max, cpuMs }, more = '') {
  const numbers = [rate.toFixed(1), p50.toFixed(1), p99.toFixed(1), max.toFixed(1), cpuMs.toFixed(2)];
  return `| ${name} | ${numbers.join(' | ')} |${more && ` ${more} |`}`;
}
