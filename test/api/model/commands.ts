import fc from 'fast-check';
import { ask, expected, inWords, type Act, type Done } from './acts.js';
import { checkAfter } from './check.js';
import { choices, newest, pick, type Picks } from './choices.js';
import { stageKeys, type Model } from './state.js';
import type { Subject } from './subject.js';

function orders<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((one, at) =>
    orders(all.filter((_, other) => other !== at)).map((rest) => [one, ...rest]),
  );
}

/** A few acts of different people at once. There must be an order in which the model says the same to each. */
export class AtOnce implements fc.AsyncCommand<object, Subject> {
  private words = '';

  constructor(private readonly parts: readonly { name: string; picks: Picks }[]) {}

  check(): boolean {
    return true;
  }

  async run(_: object, subject: Subject): Promise<void> {
    const acts: Act[] = [];
    for (const { name, picks } of this.parts) {
      const act = await choices[name]?.(subject, picks);
      if (act) acts.push(act);
    }
    await this.perform(subject, acts);
  }

  private async perform(subject: Subject, acts: readonly Act[]): Promise<void> {
    if (acts.length === 0) return;
    this.words = acts.map((act) => inWords(subject.model, act)).join(' AT ONCE WITH ');
    const done: Done[] = await Promise.all(acts.map((act) => ask(subject, act)));
    this.words += ` -> ${done.map(({ code }) => code || 'done').join(', ')}`;
    subject.said.push(this.words);
    const said: string[] = [];
    const fitting: Model[] = [];
    for (const order of orders(acts.map((_, at) => at))) {
      const model = structuredClone(subject.model);
      const codes = order.map((at) => expected(model, acts[at]!, done[at]!));
      if (order.every((at, place) => done[at]!.code === codes[place])) fitting.push(model);
      said.push(order.map((at, place) => `${acts[at]!.do}: ${codes[place] || 'done'}`).join(', then '));
    }
    if (fitting.length === 0) throw new Error(`${this.words}\nThe model says: ${said.join(' or ')}`);
    await checkAfter(subject, fitting);
  }

  toString(): string {
    return this.words || this.parts.map(({ name }) => name).join(' AT ONCE WITH ');
  }
}

/** A release that was made, measured by nobody, and is in no stage. */
export class Register implements fc.AsyncCommand<object, Subject> {
  constructor(
    private readonly differsIn: 'prompt' | 'model',
    private readonly which: number,
  ) {}

  check(): boolean {
    return true;
  }

  async run(_: object, subject: Subject): Promise<void> {
    const { model } = subject;
    const live = stageKeys.flatMap((key) => model.pointers[key]?.release ?? []);
    const parent = live.length > 0 ? pick(live, this.which)! : newest(model).id;
    await subject.register(parent, this.differsIn, model);
    subject.said.push(this.toString());
  }

  toString(): string {
    return `a release with another ${this.differsIn}`;
  }
}

/** From asking to what it is asked for, as mostly happens: requested, approved, executed stage by stage. */
export class Bring implements fc.AsyncCommand<object, Subject> {
  constructor(
    private readonly kind: 'climb' | 'replace' | 'fix',
    private readonly picks: Picks,
  ) {}

  check(): boolean {
    return true;
  }

  async run(_: object, subject: Subject): Promise<void> {
    const before = new Set(subject.model.promotions.keys());
    await new AtOnce([{ name: this.kind, picks: this.picks }]).run(_, subject);
    const at = [...subject.model.promotions.values()]
      .filter(({ state }) => state === 'open')
      .findIndex(({ id }) => !before.has(id));
    if (at < 0) return;
    for (const name of ['approve', 'execute']) await new AtOnce([{ name, picks: [at] }]).run(_, subject);
  }

  toString(): string {
    return `bring by ${this.kind}`;
  }
}

/** Two hours in which nobody does anything: drills end, and what was brought in has soaked. */
export class Wait implements fc.AsyncCommand<object, Subject> {
  check(): boolean {
    return true;
  }

  async run(_: object, subject: Subject): Promise<void> {
    subject.model.hours += 2;
    hoursShifted.of += 2;
    subject.world.shiftClock(hoursShifted.of * 3_600_000);
    subject.said.push(this.toString());
    await checkAfter(subject, [subject.model]);
  }

  toString(): string {
    return 'two hours pass';
  }
}

/** Release 1 was live in two stages, and release 2, with another prompt, has followed it. */
export async function liveTwice(subject: Subject): Promise<void> {
  for (const kind of ['climb', 'climb'] as const) await new Bring(kind, [0, 0, 0, 0]).run({}, subject);
  await new Register('prompt', 0).run({}, subject);
  await new Bring('replace', [1, 1, 0, 0]).run({}, subject);
  await new Wait().run({}, subject);
  await new AtOnce([{ name: 'execute', picks: [0] }]).run({}, subject);
}

/** The world's clock is set, not moved on. */
const hoursShifted = { of: 0 };

const picks = fc.array(fc.nat(63), { minLength: 4, maxLength: 4 });
const part = fc.record({ name: fc.constantFrom(...Object.keys(choices)), picks });

export const commands = [
  fc
    .tuple(fc.constantFrom('prompt' as const, 'prompt' as const, 'model' as const), fc.nat(9))
    .map((made) => new Register(...made)),
  fc
    .tuple(fc.constantFrom('climb' as const, 'climb' as const, 'replace' as const, 'fix' as const), picks)
    .map((made) => new Bring(...made)),
  fc
    .tuple(fc.constantFrom('climb' as const, 'climb' as const, 'replace' as const, 'fix' as const), picks)
    .map((made) => new Bring(...made)),
  picks.map((chosen) => new AtOnce([{ name: 'rollBack', picks: chosen }])),
  part.map((one) => new AtOnce([one])),
  part.map((one) => new AtOnce([one])),
  fc.tuple(part, part).map((both) => new AtOnce(both)),
  fc.tuple(part, part, part).map((three) => new AtOnce(three)),
  fc.constant(new Wait()),
];
