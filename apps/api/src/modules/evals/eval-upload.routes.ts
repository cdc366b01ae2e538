import type { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { unstorablePath } from '../../platform/graphql/storable-text.js';
import { errorBody } from '../../platform/http/error-body.js';
import { LOGGER } from '../../platform/http/logger.js';
import type { Actor } from '../../platform/identity/actor.js';
import { RequestActors } from '../../platform/identity/request-actors.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { EvalRunReads } from './eval-run.reads.js';
import { EvalUploadReads } from './eval-upload.reads.js';
import { evalUploadQuery } from './evals-input.schema.js';
import type { EvalRun } from './eval-run.types.js';
import { UploadService, type OpenUpload } from './upload.service.js';

const path = '/api/eval-uploads';
/** Milliseconds in which the rest of a refused file may arrive, so that the client gets to read why. */
const patience = 30_000;

/**
 * `POST /api/eval-uploads?workflowId=&suiteId=&releaseId=&format=&kind=&fileName=&uploadId=&prompt=&idempotencyKey=`
 * with the bytes of the file as the body: 201 `{upload, userErrors: []}` once its runs are recorded; else an error body
 * with `userErrors` and, where it came that far, the refused `upload`. `GET /api/eval-uploads/:id` → `{upload}`, also
 * while it is underway.
 */
@Injectable()
export class EvalUploadRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly actors: RequestActors,
    private readonly uploads: UploadService,
    private readonly reads: EvalUploadReads,
    private readonly runs: EvalRunReads,
    private readonly workflows: WorkflowReads,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    await fastify.register((scope, _options, done) => {
      // Here JSON is a file to be read as it arrives, not a body to be gathered and parsed.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(
        ['application/json', 'application/octet-stream'],
        (_request, body, parsed) => {
          parsed(null, body);
        },
      );
      scope.setErrorHandler((error, request, reply) => this.refuse(error, request, reply));
      scope.post(path, (request, reply) => this.post(request, reply));
      scope.get<{ Params: { id: string } }>(`${path}/:id`, (request, reply) => this.get(request, reply));
      done();
    });
  }

  private async post(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const actor = await this.signedIn(request);
    const body = request.body as Readable | undefined;
    if (body === undefined) throw new Refusal('FILE_INVALID', 'Send the file as the body', ['file']);
    const query = parse(evalUploadQuery, request.query, 'query');
    const unstorable = unstorablePath(query, ['query']);
    if (unstorable)
      throw new Refusal('INVALID_INPUT', 'This holds a character that cannot be kept', unstorable);
    const length = Number(request.headers['content-length'] ?? Number.NaN);
    const bytesTotal = Number.isSafeInteger(length) ? length : null;
    const upload = await this.uploads.open({ actor, requestId: request.id, query, bytesTotal });
    try {
      await this.uploads.read(upload, pieces(body));
    } catch (error) {
      return this.refuse(error, request, reply, upload);
    }
    return reply.status(201).send({ upload: await this.shown(upload.id), userErrors: [] });
  }

  private async get(
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const actor = await this.signedIn(request);
    const upload = await this.reads.byId(request.params.id);
    if (!upload || !(await this.workflows.byId(actor, upload.workflowId)))
      throw new Refusal('NOT_FOUND', 'There is no such upload');
    return reply.header('cache-control', 'no-store').send({ upload: await this.shown(upload.id) });
  }

  private async signedIn(request: FastifyRequest): Promise<Actor> {
    const actor = await this.actors.of(request);
    if (!actor) throw new Refusal('UNAUTHENTICATED', 'Sign in first');
    return actor;
  }

  private async refuse(
    thrown: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
    upload?: OpenUpload,
  ): Promise<FastifyReply> {
    const { status, body } = errorBody(thrown, request.id);
    if (status >= 500) this.logger.error({ reqId: request.id, err: thrown }, 'an upload failed');
    leaveUnread(request);
    return reply
      .status(thrown instanceof Refusal && thrown.code === 'FILE_TOO_LARGE' ? 413 : status)
      .header('connection', 'close')
      .send({
        ...body,
        upload: upload ? await this.shown(upload.id) : null,
        userErrors: body.errors ?? [body.error],
      });
  }

  private async shown(id: string): Promise<object | null> {
    const upload = await this.reads.byId(id);
    if (!upload) return null;
    const { runIds, ...rest } = upload;
    const runs = (await this.runs.byIds(runIds)).flatMap((run) => (run ? [summary(run)] : []));
    return { ...rest, runs };
  }
}

/** The chunks of a body, without closing the connection where reading stops: the client has to hear why it did. */
async function* pieces(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } catch {
    throw new Refusal('UPLOAD_ABORTED', 'The connection ended before the file did', ['file']);
  }
}

function leaveUnread({ raw }: FastifyRequest): void {
  if (raw.complete || raw.destroyed) return;
  raw.resume();
  const impatient = setTimeout(() => raw.destroy(), patience);
  impatient.unref();
  raw.once('close', () => {
    clearTimeout(impatient);
  });
}

const summary = (run: EvalRun) => {
  const { id, label, counts, uncountedReason, kind, cases, passed, failed, errored, skipped, flags } = run;
  return { id, label, counts, uncountedReason, kind, cases, passed, failed, errored, skipped, flags };
};
