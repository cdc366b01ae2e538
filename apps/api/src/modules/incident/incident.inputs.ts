import { ArgsType, Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { ConnectionArgs } from '../../platform/graphql/connection.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type {
  incidentAssign,
  incidentLink,
  IncidentLinkKind,
  incidentMonitor,
  incidentOpen,
  incidentResolve,
  IncidentState,
} from './incident.schema.js';
import { Incident, IncidentLinkKindEnum, IncidentStateEnum } from './incident.types.js';

@InputType()
export class IncidentOpenInput implements z.input<typeof incidentOpen> {
  @Field(() => ID)
  workflowId!: string;

  @Field({ description: 'In a few words' })
  title!: string;

  @Field(() => ID, { nullable: true, description: 'Who sees it through' })
  ownerId?: string | null;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class IncidentLinkInput implements z.input<typeof incidentLink> {
  @Field(() => ID)
  incidentId!: string;

  @Field(() => IncidentLinkKindEnum)
  kind!: IncidentLinkKind;

  @Field({ description: 'Id of a promotion or release of the workflow, an address, or what names a ticket' })
  value!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class IncidentMonitorInput implements z.input<typeof incidentMonitor> {
  @Field(() => ID)
  incidentId!: string;

  @Field({ defaultValue: '', description: 'What is watched' })
  note?: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class IncidentResolveInput implements z.input<typeof incidentResolve> {
  @Field(() => ID)
  incidentId!: string;

  @Field({ description: 'What it was and what ended it' })
  note!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class IncidentAssignInput implements z.input<typeof incidentAssign> {
  @Field(() => ID)
  incidentId!: string;

  @Field(() => ID)
  ownerId!: string;

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType({ isAbstract: true })
abstract class IncidentPayload {
  @Field(() => Incident, { nullable: true })
  incident?: Incident | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}

@ObjectType()
export class IncidentOpenPayload extends IncidentPayload {}

@ObjectType()
export class IncidentLinkPayload extends IncidentPayload {}

@ObjectType()
export class IncidentMonitorPayload extends IncidentPayload {}

@ObjectType()
export class IncidentResolvePayload extends IncidentPayload {}

@ObjectType()
export class IncidentAssignPayload extends IncidentPayload {}

@InputType()
export class IncidentFilter {
  @Field(() => [IncidentStateEnum], { nullable: true })
  state?: IncidentState[] | null;

  @Field(() => ID, { nullable: true })
  workflowId?: string | null;
}

@ArgsType()
export class IncidentListArgs extends ConnectionArgs {
  @Field(() => IncidentFilter, { nullable: true })
  filter?: IncidentFilter | null;
}
