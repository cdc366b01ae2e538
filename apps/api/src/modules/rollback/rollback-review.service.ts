import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/identity/actor.js';
import type { RefusalError } from '../../platform/refusal/refusal.js';
import type { Readiness } from '../readiness/readiness-result.domain.js';

@Injectable()
export class RollbackReviewService {
  review(actor: Actor, requestId: string, raw: unknown): Promise<{ rollbackId: string }> {
    throw new Error('Not there yet');
  }
}
