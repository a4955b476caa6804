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

export function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[sorted.length >> 1] };
}

export function show({ min, median }) {
  return `min ${min.toFixed(2)}, median ${median.toFixed(2)}`;
}
