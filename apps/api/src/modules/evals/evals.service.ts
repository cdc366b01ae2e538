import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Door } from '../../platform/door/door.js';
import { canonicalJson, digestOf, digestOfText } from '../../platform/digest/digest.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { CaseStaging } from './case-staging.service.js';
import { EvalsReads } from './evals.reads.js';
import { evalRunImport, evalSuiteCreate, evalSuiteVersionCreate } from './evals-input.schema.js';
import { importLimits } from './import/import-limits.js';
import { PlainImport } from './import/plain-import.js';
import { RunRecorder } from './run-record.service.js';
import { UploadTargetReads } from './upload-target.reads.js';

/** Eval suites and their versions, and small runs that come through GraphQL. */
@Injectable()
export class EvalsService {
  constructor(
    private readonly door: Door,
    private readonly reads: EvalsReads,
    private readonly targets: UploadTargetReads,
    private readonly staging: CaseStaging,
    private readonly recorder: RunRecorder,
  ) {}

  createSuite(actor: Actor, requestId: string, raw: unknown): Promise<{ suiteId: string }> {
    const input = parse(evalSuiteCreate, raw);
    const { workflowId, key, name, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'evalSuiteCreate', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'evalSuite.edit' },
      },
      async (act) => {
        const taken = await act.tx.evalSuite.findUnique({ where: { workflowId_key: { workflowId, key } } });
        if (taken) {
          throw new Refusal('CONFLICT', `This workflow has a suite with the key ${key}`, ['input', 'key']);
        }
        const id = act.newId();
        await act.tx.evalSuite.create({ data: { id, workflowId, key, name, createdAt: act.now } });
        act.record({
          act: 'eval_suite.created',
          subjectKind: 'eval_suite',
          subjectId: id,
          data: { key, name },
        });
        return { suiteId: id };
      },
    );
  }

  async createVersion(actor: Actor, requestId: string, raw: unknown): Promise<{ suiteVersionId: string }> {
    const input = parse(evalSuiteVersionCreate, raw);
    const { suiteId, expectedVersion, definition, idempotencyKey } = input;
    const canonical = canonicalJson(definition);
    const digest = digestOfText(canonical);
    const graderDigest = digestOf(definition.grader ?? null);
    const workflowId = await this.reads.workflowOfSuite(suiteId);
    if (workflowId === null) throw unknownSuite();
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'evalSuiteVersionCreate', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'evalSuite.edit', unknown: unknownSuite },
      },
      async (act) => {
        const suite = await act.tx.evalSuite.findUnique({ where: { id: suiteId } });
        if (!suite) throw unknownSuite();
        const { lastVersion } = suite;
        if (expectedVersion !== lastVersion) {
          const message = `The latest version is ${String(lastVersion)}, not ${String(expectedVersion)}`;
          throw new Refusal('CONFLICT', message, ['input', 'expectedVersion']);
        }
        const last = await act.tx.evalSuiteVersion.findFirst({ where: { suiteId, version: lastVersion } });
        if (last?.digest === digest) {
          const message = `This is what version ${String(lastVersion)} says already`;
          throw new Refusal('NOTHING_CHANGED', message, ['input', 'definition']);
        }
        const [id, version] = [act.newId(), lastVersion + 1];
        await act.tx.evalSuiteVersion.create({
          data: {
            ...{ id, suiteId, version, canonical, digest, graderDigest },
            ...{ authorId: act.actor.id, createdAt: act.now },
          },
        });
        await act.tx.evalSuite.update({ where: { id: suiteId }, data: { lastVersion: version } });
        act.record({
          act: 'eval_suite_version.created',
          subjectKind: 'eval_suite_version',
          subjectId: id,
          subjectDigest: digest,
          data: { suiteId, version },
        });
        return { suiteVersionId: id };
      },
    );
  }

  /** A plain run of a few hundred cases; larger ones and other formats are uploaded. */
  async importRun(actor: Actor, requestId: string, raw: unknown): Promise<{ runId: string }> {
    const input = parse(evalRunImport, raw);
    const target = await this.targets.find(actor, input, 'input');
    const bytes = Buffer.from(canonicalJson(input.plain));
    const importer = new PlainImport({ newId: uuidv7, kind: null, limits: importLimits });
    const first = asInput(() => importer.push(bytes));
    const { cases, runs } = asInput(() => importer.end());
    const [runId] = await this.recorder.record({
      ...{ actor, requestId, mutation: 'evalRunImport', idempotencyKey: input.idempotencyKey ?? null },
      ...{ target, format: 'plain', prompts: [], runs },
      rawSha256: createHash('sha256').update(bytes).digest('hex'),
      also: (act) => this.staging.stage([...first, ...cases], act.tx),
    });
    if (runId === undefined) throw new Error('A plain run was recorded without a run');
    return { runId };
  }
}

const unknownSuite = () => new Refusal('NOT_FOUND', 'There is no such suite', ['input', 'suiteId']);

/** A file's place becomes one in the input: `['file', 'cases', …]` is `['input', 'plain', 'cases', …]`. */
const asInput = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw Refusal.many(
      error.errors.map(({ message, field }) => ({
        code: 'INVALID_INPUT' as const,
        message,
        field: ['input', 'plain', ...(field ?? []).slice(1)],
      })),
    );
  }
};
