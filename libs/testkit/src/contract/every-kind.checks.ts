import assert from 'node:assert/strict';
import { KINDS, PLUGIN, PortError, SDK_MAJOR, type Kind } from '@attune/sdk';
import { fakeCall, lateCall } from '../host/fake-call.js';
import { fakeHost, onlyPorts } from '../host/fake-host.js';
import type { Bench } from './bench.js';
import { CHECKS } from './check-names.js';
import { assertSame, difference, settles, snapshot, type Check } from './check.js';
import { exerciseOf } from './exercises.js';
import { Inputs } from './inputs.js';

const { all } = CHECKS;

/** What holds for a plugin of any kind. */
export function commonChecks<K extends Kind>(bench: Bench<K>): readonly Check[] {
  return [
    { name: all.branded, run: async () => branded(bench) },
    { name: all.config, run: async () => configured(bench) },
    { name: all.declared, run: () => declared(bench) },
    { name: all.inputs, run: () => inputsKept(bench) },
    { name: all.repeatable, run: () => repeatable(bench) },
    { name: all.warm, run: () => warm(bench) },
    { name: all.abort, run: () => abort(bench) },
    ...(bench.plugin.kind === 'trainer' ? [] : [{ name: all.tenant, run: () => tenants(bench) }]),
    ...(bench.plugin.uses.includes('artifacts') ? [{ name: all.missing, run: () => missing(bench) }] : []),
    { name: all.dispose, run: () => dispose(bench) },
  ];
}

function branded<K extends Kind>({ plugin }: Bench<K>): void {
  assert.equal(
    plugin[PLUGIN]?.sdkMajor,
    SDK_MAJOR,
    `has no brand of SDK ${SDK_MAJOR}: make it with define${plugin.kind}`,
  );
  assert.ok(KINDS.includes(plugin.kind), `${String(plugin.kind)} is no kind of plugin`);
  assert.ok(Object.isFrozen(plugin), 'is not frozen: export what define* returns, not a copy of it');
}

function configured<K extends Kind>({ plugin, config }: Bench<K>): void {
  const parsed = plugin.config.safeParse(config);
  assert.ok(parsed.success, `refuses the configuration it was given: ${parsed.error?.message.replace(/\s+/g, ' ')}`);
  // A symbol is no value of any configuration: a record of numbers refuses it as a strict object refuses the key.
  const typo = plugin.config.safeParse({ ...(config as object), unknownKeyOfTheContract: Symbol('typo') });
  assert.ok(!typo.success, 'swallows unknown configuration keys: use z.strictObject, so that a typo is an error');
}

/** Runs once with nothing but what is declared; the other checks are generous, so that one slip fails one check. */
async function declared<K extends Kind>(bench: Bench<K>): Promise<void> {
  const { plugin } = bench;
  const inputs = new Inputs(bench.world, plugin);
  const touched: string[] = [];
  try {
    const { running } = await bench.start((host) =>
      onlyPorts(host, plugin.uses, plugin.id, (slip) => void touched.push(slip)),
    );
    await exerciseOf(bench, inputs).ask(running, fakeCall());
    await running.dispose?.();
  } finally {
    const slips = [...touched, ...inputs.undeclared];
    assert.ok(slips.length === 0, slips[0]);
  }
}

async function inputsKept<K extends Kind>(bench: Bench<K>): Promise<void> {
  const inputs = new Inputs(bench.world);
  const exercise = exerciseOf(bench, inputs);
  const { running, drafts } = await bench.start();
  const before = snapshot([exercise.given, drafts]);
  await exercise.ask(running, fakeCall());
  const spoiled = difference(snapshot([exercise.given, drafts]), before, 0, 'input') ?? inputs.loans.spoiled();
  await running.dispose?.();
  assert.ok(spoiled === undefined, `changed what it was given: ${spoiled}; copy before sorting or normalizing`);
}

async function repeatable<K extends Kind>(bench: Bench<K>): Promise<void> {
  const answers: unknown[] = [];
  for (let instance = 0; instance < 2; instance++) {
    await bench.using(async (running) => {
      answers.push(await exerciseOf(bench).ask(running, fakeCall()));
      answers.push(await exerciseOf(bench).ask(running, fakeCall()));
    });
  }
  const [first, ...others] = answers;
  const fix = 'take chance from request.random() or run.random() and time from request.now';
  for (const other of others)
    assertSame(other, first, `answers the same question in two ways: ${fix}`, bench.tolerance);
}

async function warm<K extends Kind>(bench: Bench<K>): Promise<void> {
  const cold = await bench.using((running) => exerciseOf(bench).ask(running, fakeCall()));
  await bench.using(async (running) => {
    for (let time = 0; time < 2; time++) {
      await running.warmup?.(fakeCall());
      const after = await exerciseOf(bench).ask(running, fakeCall());
      assertSame(after, cold, 'answers differently after a warmup', bench.tolerance);
    }
  });
}

async function abort<K extends Kind>(bench: Bench<K>): Promise<void> {
  await bench.using((running) => settles(() => exerciseOf(bench).ask(running, lateCall()), bench.settleMs));
  await bench.using((running) => {
    const controller = new AbortController();
    const call = fakeCall({ signal: controller.signal });
    return settles(() => {
      const answer = exerciseOf(bench).ask(running, call);
      controller.abort();
      return answer;
    }, bench.settleMs);
  });
}

async function tenants<K extends Kind>(bench: Bench<K>): Promise<void> {
  await bench.using(async (running) => {
    const one = await exerciseOf(bench).ask(running, fakeCall({ tenant: 'one' }));
    const other = await exerciseOf(bench).ask(running, fakeCall({ tenant: 'other' }));
    assertSame(
      other,
      one,
      'answers depend on the tenant’s name: data reach a plugin by its ports alone',
      bench.tolerance,
    );
  });
}

async function missing<K extends Kind>({ plugin, config, world }: Bench<K>): Promise<void> {
  try {
    const running = await plugin.setup(plugin.config.parse(config), fakeHost(world));
    await running.dispose?.();
  } catch (error) {
    const missed = error instanceof PortError && error.code === 'ARTIFACT_MISSING';
    assert.ok(
      missed,
      `setup without its artifact fails with '${String(error)}': let the port's ARTIFACT_MISSING through`,
    );
  }
}

async function dispose<K extends Kind>(bench: Bench<K>): Promise<void> {
  const { running } = await bench.start();
  await running.dispose?.();
  await running.dispose?.();
}
