// What is measured is what a search finds, not how busy the machine is: an answer from which a plugin was left out for
// want of time is asked for again.

const WANT_OF_TIME = new Set(['PLUGIN_TIMEOUT', 'PLUGIN_CIRCUIT_OPEN', 'DEADLINE_EXCEEDED', 'LOAD_SHED']);
const TRIES = 100;

/** Answers asked for again so far. */
export let askedAgain = 0;

/** The first answer of `ask` that is whole; throws after 100. */
export async function whole(ask) {
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = await ask();
    if (!answer.degraded.some(({ code }) => WANT_OF_TIME.has(code))) return answer;
    askedAgain++;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no answer in ${TRIES} was whole: the machine is too busy`);
}
