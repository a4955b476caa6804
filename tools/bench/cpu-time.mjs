/** CPU milliseconds of this process, and how they are told. */
export function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

export function timed(work) {
  const before = cpuMs();
  const result = work();
  return { ms: cpuMs() - before, result };
}

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

export const summary = (times) => ({ min: Math.min(...times), median: median(times) });

export function show({ min, median }) {
  return `min ${min.toFixed(2)}, median ${median.toFixed(2)}`;
}
