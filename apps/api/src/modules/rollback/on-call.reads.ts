import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import type { OnCall } from './on-call.types.js';

@Injectable()
export class OnCallReads {
  of(_loaders: Loaders, _actor: Actor, _workflow: string): Promise<OnCall | null> {
    throw new Error('Not there yet');
  }
}
