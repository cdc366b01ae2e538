import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Incident } from '../incident/incident.types.js';

@Injectable()
export class IncidentTextReads {
  of(_loaders: Loaders, incident: Incident): string {
    return incident.title;
  }
}
