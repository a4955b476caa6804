/** Loaded with `node --require`: Ctrl-C in the moment in which the process writes `INTERRUPTED_AT` to stderr. */
const { write } = process.stderr;

process.stderr.write = function (text, ...rest) {
  if (String(text).includes(process.env.INTERRUPTED_AT)) process.kill(process.pid, 'SIGINT');
  return write.call(this, text, ...rest);
};
