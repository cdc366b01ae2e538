import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/identity/actor.js';

@Injectable()
export class DrillService {
  start(
    _actor: Actor,
    _requestId: string,
    _raw: unknown,
    _arrivedAt: number,
  ): Promise<{ rollbackId: string }> {
    throw new Error('Not there yet');
  }
  end(_actor: Actor, _requestId: string, _raw: unknown): Promise<{ rollbackId: string }> {
    throw new Error('Not there yet');
  }
}
