/** What went wrong and what to do about it: its message is all that a user is shown, without a stack. */
export class Failure extends Error {
  name = 'Failure';
}

/** The reason in an error of the network, which is at times in its cause or only a code; without a full stop. */
export function reasonOf(error) {
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { message, code } = error.cause ?? error;
  return (message || code).replace(/\.+$/, '');
}
