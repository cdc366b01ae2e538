import { Field, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import type { FieldChange as Change } from './diff.domain.js';
import { Release } from './release.types.js';

@ObjectType({ description: 'One field in which two releases differ' })
export class FieldChange implements Change {
  @Field(() => String, { description: 'core, prompts, models, tools, output, retrieval or budgets' })
  component!: Change['component'];

  @Field({ description: 'Dotted, inside the component; for prompts and models it starts with the step' })
  path!: string;

  @Field(() => String, { description: 'added, removed or changed' })
  kind!: Change['kind'];

  @Field(() => JsonScalar, { nullable: true, description: 'A prompt as one text, anything else as JSON' })
  before!: Change['before'];

  @Field(() => JsonScalar, { nullable: true })
  after!: Change['after'];

  @Field(() => Int, { description: '7 for the contract itself down to 1 for budgets' })
  danger!: number;
}

@ObjectType({ description: 'Every field in which a release differs from another, gravest first' })
export class ReleaseDiff {
  @Field(() => Release, { nullable: true, description: 'Null: nothing to compare with, everything is new' })
  from!: Release | null;

  @Field(() => Release)
  to!: Release;

  @Field(() => [String])
  changedComponents!: string[];

  @Field(() => [FieldChange])
  changes!: FieldChange[];

  @Field({ description: 'It differs in prompts only, so that it may follow as a replace' })
  replaceable!: boolean;
}

@ObjectType({ description: 'A stage whose release this one was not made from' })
export class BehindLive {
  occupantId!: string;

  @Field()
  stageKey!: string;
}
