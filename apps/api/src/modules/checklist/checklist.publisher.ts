import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { canonicalJson, digestOfText } from '../../platform/digest/digest.js';
import { Door } from '../../platform/door/door.js';
import { systemActor } from '../../platform/identity/actor.js';
import { checklistFile } from './checklist-file.js';

/** Publishes the checklist that comes with the product, once, as an act of the registry itself. */
@Injectable()
export class ChecklistPublisher implements OnModuleInit {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
  ) {}

  async onModuleInit(): Promise<void> {
    const content = checklistFile();
    const { version } = content;
    const canonical = canonicalJson(content);
    const digest = digestOfText(canonical);
    if (await this.isPublished(version, digest)) return;
    await this.door.act(
      {
        ...{
          actor: systemActor,
          requestId: 'start',
          mutation: 'checklistPublish',
          input: { version, digest },
        },
        ...{ scope: { organisation: true }, permission: 'organisation.manage' },
      },
      async (act) => {
        // Another process may have published it while this one waited for the lock.
        const there = await act.tx.checklistVersion.findUnique({ where: { version } });
        if (there) return act.withoutEffect({ id: there.id });
        const id = act.newId();
        await act.tx.checklistVersion.create({
          data: { id, version, canonical, digest, publishedAt: act.now },
        });
        act.record({
          act: 'checklist.published',
          subjectKind: 'checklist_version',
          subjectId: id,
          subjectDigest: digest,
          data: { version, checks: content.checks.length },
        });
        return { id };
      },
    );
  }

  /** @throws Error where the version was published with another content: a version never changes. */
  private async isPublished(version: number, digest: string): Promise<boolean> {
    const row = await this.database.client.checklistVersion.findUnique({
      where: { version },
      select: { digest: true },
    });
    if (row && row.digest !== digest) {
      throw new Error(
        `Version ${String(version)} of the checklist was published with another content; a change of it needs a new version`,
      );
    }
    return row !== null;
  }
}
