import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { EvalUpload } from './eval-upload.types.js';

@Injectable()
export class EvalUploadReads {
  constructor(private readonly database: Database) {}

  /** As it stands now; never cached, because it is asked for while it moves. */
  async byId(id: string): Promise<EvalUpload | null> {
    const row = isUuid(id) ? await this.database.client.evalUpload.findUnique({ where: { id } }) : null;
    return (
      row && {
        ...row,
        bytesReceived: Number(row.bytesReceived),
        bytesTotal: row.bytesTotal === null ? null : Number(row.bytesTotal),
        // Runs in the making are nobody's business yet.
        runIds: row.state === 'committed' ? row.runIds : [],
        error: row.error as unknown as EvalUpload['error'],
      }
    );
  }
}
