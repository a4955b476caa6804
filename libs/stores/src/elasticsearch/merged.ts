/** Several readings as one: each is a step ahead of who reads, and all are ended with the loop. */
export async function* merged<T>(readings: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  type Step = { readonly reading: AsyncGenerator<T>; readonly result: IteratorResult<T, unknown> };
  const stepOf = (reading: AsyncGenerator<T>): Promise<Step> => {
    const step = reading.next().then((result) => ({ reading, result }));
    // Who reads may take his time: a failure waits for him.
    step.catch(() => undefined);
    return step;
  };
  const steps = new Map(readings.map((reading) => [reading, stepOf(reading)]));
  try {
    while (steps.size > 0) {
      const { reading, result } = await Promise.race(steps.values());
      if (result.done === true) steps.delete(reading);
      else {
        steps.set(reading, stepOf(reading));
        yield result.value;
      }
    }
  } finally {
    await Promise.allSettled([...steps.values()]);
    await Promise.allSettled(readings.map((reading) => reading.return(undefined)));
  }
}
