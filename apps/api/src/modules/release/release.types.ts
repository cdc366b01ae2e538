import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/connection.js';

@ObjectType({ description: 'An immutable bundle: the components of the contract, and the steps' })
export class Release {
  workflowId!: string;
  parentId!: string | null;
  derivedFromId!: string | null;
  createdById!: string;
  responsibleIds!: string[];
  coreId!: string;
  outputId!: string;
  retrievalId!: string | null;
  toolsId!: string | null;
  budgetsId!: string | null;
  canonical!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  number!: number;

  @Field()
  alias!: string;

  @Field({ description: 'sha256: over the canonical JSON of everything in it' })
  digest!: string;

  @Field({ description: 'sha256: over steps, output, retrieval and tools; what eval runs are tied to' })
  evalDigest!: string;

  @Field({ description: 'registered, or rollback for one that a rollback derived' })
  origin!: string;

  @Field()
  notes!: string;

  @Field()
  createdAt!: Date;
}

@ObjectType()
export class ReleaseConnection extends connectionType(Release) {}

@ObjectType()
export class ReleaseStep {
  id!: string;
  releaseId!: string;
  position!: number;
  promptVersionId!: string;
  modelConfigVersionId!: string;

  @Field()
  name!: string;
}
