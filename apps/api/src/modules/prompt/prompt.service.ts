import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { PromptReads } from './prompt.reads.js';
import { canonicalPrompt, promptLines, promptVariables } from './prompt.domain.js';
import { promptContent, promptCreate, promptVersionCreate } from './prompt.schema.js';
import { scanForSecrets } from './secret-scan.domain.js';

const organisation = { organisation: true } as const;
const unknownPrompt = () => new Refusal('NOT_FOUND', 'There is no such prompt', ['input', 'promptId']);

@Injectable()
export class PromptService {
  constructor(
    private readonly door: Door,
    private readonly reads: PromptReads,
  ) {}

  create(actor: Actor, requestId: string, raw: unknown): Promise<{ promptId: string }> {
    const input = parse(promptCreate, raw);
    const { teamId, key, name, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'promptCreate', input, idempotencyKey },
        ...{ scope: organisation, permission: 'prompt.edit', teamId },
      },
      async (act) => {
        const team = await act.tx.team.findUnique({ where: { id: teamId } });
        if (!team) throw new Refusal('NOT_FOUND', 'There is no such team', ['input', 'teamId']);
        const taken = await act.tx.prompt.findUnique({ where: { teamId_key: { teamId, key } } });
        if (taken)
          throw new Refusal('CONFLICT', `${team.name} has a prompt with the key ${key}`, ['input', 'key']);
        const id = act.newId();
        await act.tx.prompt.create({ data: { id, teamId, key, name, createdAt: act.now } });
        act.record({
          act: 'prompt.created',
          subjectKind: 'prompt',
          subjectId: id,
          data: { teamId, key, name },
        });
        return { promptId: id };
      },
    );
  }

  async createVersion(actor: Actor, requestId: string, raw: unknown): Promise<{ promptVersionId: string }> {
    const input = parse(promptVersionCreate, raw);
    const { promptId, expectedVersion, format, text, messages, commitMessage, idempotencyKey } = input;
    const content = promptContent.parse(format === 'text' ? { format, text } : { format, messages });
    const { canonical, digest } = canonicalPrompt(content);
    const found = scanForSecrets(promptLines(content)).map(({ kind, line }) => ({ kind, line }));
    const variables = promptVariables(content);
    const prompt = await this.reads.prompt(promptId);
    if (!prompt) throw unknownPrompt();
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'promptVersionCreate', input, idempotencyKey },
        ...{ scope: organisation, permission: 'prompt.edit', teamId: prompt.teamId },
      },
      async (act) => {
        const { lastVersion } = await act.tx.prompt.findUniqueOrThrow({ where: { id: promptId } });
        if (expectedVersion != null && expectedVersion !== lastVersion) {
          const message = `The latest version is ${String(lastVersion)}, not ${String(expectedVersion)}`;
          throw new Refusal('CONFLICT', message, ['input', 'expectedVersion']);
        }
        const last = await act.tx.promptVersion.findFirst({ where: { promptId, version: lastVersion } });
        if (last?.digest === digest)
          throw new Refusal('NOTHING_CHANGED', `This is what version ${String(lastVersion)} says already`, [
            'input',
            format === 'text' ? 'text' : 'messages',
          ]);
        const [id, version] = [act.newId(), lastVersion + 1];
        await act.tx.promptVersion.create({
          data: {
            ...{ id, promptId, version, format, canonical, digest, variables, commitMessage },
            ...{ secretFindings: found, authorId: act.actor.id, createdAt: act.now },
            responsibleIds: act.actor.responsibleIds,
          },
        });
        await act.tx.prompt.update({ where: { id: promptId }, data: { lastVersion: version } });
        act.record({
          act: 'prompt_version.created',
          subjectKind: 'prompt_version',
          subjectId: id,
          subjectDigest: digest,
          data: { promptId, version, secretFindings: found },
        });
        return { promptVersionId: id };
      },
    );
  }
}
