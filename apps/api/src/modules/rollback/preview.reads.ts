import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import type { RollbackPreview } from './preview.types.js';

@Injectable()
export class PreviewReads {
  of(_loaders: Loaders, _actor: Actor, _raw: unknown): Promise<RollbackPreview> {
    throw new Error('Not there yet');
  }
}
