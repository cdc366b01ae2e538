import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';
import { registerUnion } from '../../platform/graphql/register-union.js';
import {
  incidentLinkKinds,
  incidentOrigins,
  incidentStates,
  type IncidentLinkKind,
  type IncidentOrigin,
  type IncidentState,
} from './incident.schema.js';

export const IncidentStateEnum = registerUnion(
  'IncidentState',
  incidentStates,
  'open, monitoring, resolved; only forwards',
);
export const IncidentOriginEnum = registerUnion('IncidentOrigin', incidentOrigins, 'What opened it');
export const IncidentLinkKindEnum = registerUnion('IncidentLinkKind', incidentLinkKinds);

@ObjectType({ description: 'What an incident points to' })
export class IncidentLink {
  createdById!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => IncidentLinkKindEnum)
  kind!: IncidentLinkKind;

  @Field({ description: 'Id of a promotion or release, an address, or what names a ticket' })
  value!: string;

  @Field()
  createdAt!: Date;
}

@ObjectType({ description: 'Something went wrong with a workflow' })
export class Incident {
  workflowId!: string;
  ownerId!: string | null;
  openedById!: string;
  resolvedById!: string | null;

  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'From 1, per workflow' })
  number!: number;

  @Field()
  title!: string;

  @Field(() => IncidentStateEnum)
  state!: IncidentState;

  @Field(() => IncidentOriginEnum)
  origin!: IncidentOrigin;

  @Field()
  openedAt!: Date;

  @Field(() => Date, { nullable: true })
  monitoringAt!: Date | null;

  @Field(() => Date, { nullable: true })
  resolvedAt!: Date | null;

  @Field({ description: 'What was said last: what is watched, or what it was and what ended it' })
  note!: string;

  @Field(() => [IncidentLink], { description: 'Oldest first' })
  links!: IncidentLink[];
}

@ObjectType()
export class IncidentConnection extends connectionType(Incident) {}
