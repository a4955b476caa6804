// Loaded before a program (`NODE_OPTIONS=--require`): it then collects its garbage whenever it is sent SIGUSR2, so that what
// is left of its heap is what it holds.
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  process.on('SIGUSR2', () => collect());
}
