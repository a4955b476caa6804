// Starts the built gateway for a bench and talks to it; everything a bench prints about the machine.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest, Agent } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const mainOf = (program) => join(ROOT, 'apps', program, 'dist', 'main.js');

/** One line: processor, cores, Node. */
export function machine() {
  return `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.version}`;
}

/** Starts a gateway, or a worker, on a free port; without `folder` its data live in a temporary folder that goes with it. */
export async function startGateway(environment = {}, { folder, quiet = true, program = 'gateway' } = {}) {
  const data = folder ?? mkdtempSync(join(tmpdir(), 'attune-bench-'));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [mainOf(program)], {
    env: { ...process.env, PORT: '0', ATTUNE_DATA_DIR: data, ATTUNE_LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', quiet ? 'pipe' : 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let said = '';
  child.stderr?.on('data', (text) => (said += text));
  const url = await new Promise((resolve, reject) => {
    let out = '';
    const look = (text) => {
      out += text;
      const found = /http:\/\/[\w.[\]:]+:\d+/.exec(out);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', look);
    // A worker says it in its log.
    child.stderr?.on('data', look);
    child.on('exit', (code) => reject(new Error(`the ${program} ended with ${code}:\n${said}`)));
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    url,
    data,
    readyMs: performance.now() - startedAt,
    pid: child.pid,
    call: (method, path, body) => call(agent, `${url}${path}`, method, body),
    /** User and system CPU seconds of the process so far. */
    cpuSeconds: () => cpuSeconds(child.pid),
    /** Resident memory in MB: now, and the highest so far. */
    memoryMb: () => memoryMb(child.pid),
    async stop() {
      agent.destroy();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.removeAllListeners('exit');
      child.once('exit', () => undefined);
      child.kill('SIGTERM');
      await Promise.race([ended, new Promise((resolve) => child.once('close', resolve))]);
      if (folder === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}

function call(agent, url, method, body) {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers =
      text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const request = httpRequest(url, { method, agent, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const answer = Buffer.concat(parts).toString();
        if (response.statusCode >= 400)
          reject(new Error(`${method} ${url}: ${response.statusCode} ${answer.slice(0, 500)}`));
        else resolve(answer === '' ? undefined : JSON.parse(answer));
      });
    });
    request.on('error', reject);
    request.end(text);
  });
}

function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function memoryMb(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024);
  return { now: of('VmRSS'), highest: of('VmHWM') };
}

/** Waits until a job has ended; throws where it failed. */
export async function jobEnded(gateway, id) {
  for (;;) {
    const job = await gateway.call('GET', `/v1/jobs/${id}`);
    if (job.state === 'completed') return job;
    if (job.state === 'failed' || job.state === 'canceled') throw new Error(`job ${id} ${job.state}: ${job.error}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Runs `work` over all inputs, a few at a time, in order of the inputs. */
export async function inParallel(inputs, lanes, work) {
  const results = new Array(inputs.length);
  let next = 0;
  const lane = async () => {
    while (next < inputs.length) {
      const i = next++;
      results[i] = await work(inputs[i], i);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

export const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
