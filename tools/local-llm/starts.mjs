/** Loads node-llama-cpp and its program, and ends: what does not fit the processor ends this process, not the installer. */
const { getLlama } = await import('node-llama-cpp');
const quiet = { progressLogs: false, logger: () => undefined };
const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, ...quiet });
await llama.dispose();
