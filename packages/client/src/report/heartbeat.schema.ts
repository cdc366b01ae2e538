import { z } from 'zod';

/**
 * What an instance of an application says of itself: `POST /v1/heartbeats`, as JSON, every ten seconds, at once after it
 * has taken over a new version (that one is the acknowledgement), and once more when it stops. See docs/heartbeats.md.
 */

/** Most that one report carries; what is more waits for the next one. */
export const heartbeatLimits = { workflows: 100, serves: 50, counts: 200, levers: 6 } as const;

/** How often an instance reports, in milliseconds. */
export const heartbeatEveryMs = 10_000;

/** What a rollback can do to an instance. An instance names those that it honours. */
export const honouredLevers = [
  'disable',
  'fallback',
  'disableTool',
  'revertRelease',
  'revertPrompt',
  'pinModel',
] as const;
export type HonouredLever = (typeof honouredLevers)[number];

/**
 * Where what the instance serves comes from: `live`, from the registry, which it is in touch with; `memory`, the last
 * that it heard; `disk`, the last that was stored by an earlier run; `fallback`, nothing, so that the failure behaviour
 * holds, or an operator forced it.
 */
export const servedStates = ['live', 'memory', 'disk', 'fallback'] as const;
export type ServedState = (typeof servedStates)[number];

const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'Give a digest as sha256: and 64 hexadecimal digits');
const stepDigests = z.record(z.string().min(1).max(100), digest);
const whole = z.int().min(0);
/** Null: of nobody's stage, such as who is in no audience. */
const stageKey = z.string().min(1).max(100).nullable();

/** What a stage gets from this instance, as it runs: the release, and by step the digests of prompt and model. */
const serving = z.object({ stage: stageKey, release: digest, prompts: stepDigests, models: stepDigests });

/** How many requests got what since the last heartbeat that the registry accepted. */
const count = z.object({
  stage: stageKey,
  /** The digest of a release, or what there was instead of one. */
  served: z.union([digest, z.enum(['disabled', 'fallback', 'failure'])]),
  requests: whole,
});

const servedWorkflow = z.object({
  /** team.workflow */
  workflow: z.string().regex(/^[^.\s]{1,100}\.[^.\s]{1,100}$/, 'Name a workflow as team.workflow'),
  /** Of the version that is served; 0 and 0 where none has ever arrived. */
  incarnation: whole,
  epoch: whole,
  state: z.enum(servedStates),
  serves: z.array(serving).max(heartbeatLimits.serves),
  counts: z.array(count).max(heartbeatLimits.counts),
});

export const heartbeat = z.object({
  /** Chosen by the instance when it starts, and kept while it runs. */
  instanceId: z.string().min(8).max(100),
  /** The application's own name, the same for all of its instances. */
  application: z.string().min(1).max(100),
  /** What speaks: name and version, such as `holdpoint-node/0.1.0`. */
  sdk: z.string().min(1).max(100),
  startedAt: z.iso.datetime({ offset: true }),
  /** By the instance's clock, which may be wrong: the registry's own time counts. */
  sentAt: z.iso.datetime({ offset: true }),
  levers: z.array(z.enum(honouredLevers)).max(heartbeatLimits.levers),
  /** An operator forces the failure behaviour in at least one of the workflows (HOLDPOINT_FORCE_FALLBACK). */
  forcedFallback: z.boolean(),
  /** The last one: the instance stops in order. */
  stopping: z.boolean(),
  workflows: z.array(servedWorkflow).min(1).max(heartbeatLimits.workflows),
});
export type Heartbeat = z.output<typeof heartbeat>;
export type ServedWorkflow = Heartbeat['workflows'][number];

/** The registry's answer: the newest version it knows of each workflow, so that who is behind fetches. */
export const heartbeatAnswer = z.object({
  receivedAt: z.iso.datetime({ offset: true }),
  workflows: z.array(z.object({ workflow: z.string(), incarnation: whole, epoch: whole })),
});
export type HeartbeatAnswer = z.output<typeof heartbeatAnswer>;
