import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { z } from 'zod';
import { JsonScalar } from '../../platform/graphql/json.scalar.js';
import { UserErrorType } from '../../platform/graphql/user-error.types.js';
import type { answerEvidence, checkAnswer } from './check-answer.schema.js';

@ObjectType({
  description: 'What one person said to one check. Never changed; a later answer speaks instead',
})
export class CheckAnswer {
  answeredById!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => ID, { nullable: true, description: "Null: the organisation's answer" })
  workflowId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The release it was about' })
  releaseId!: string | null;

  @Field()
  checkId!: string;

  @Field({ description: 'yes, no or not_applicable' })
  answer!: string;

  @Field()
  comment!: string;

  @Field(() => JsonScalar, { description: '[{kind, value, dueAt?}]' })
  evidence!: unknown;

  @Field(() => JsonScalar, { description: '{part: digest}: it falls when one of them changes' })
  bindings!: unknown;

  @Field()
  createdAt!: Date;

  @Field({
    description: 'The latest answer to its check; whether it still holds is for the readiness to say',
  })
  current!: boolean;
}

@InputType()
export class AnswerEvidenceInput {
  @Field(() => String, { description: 'comment, url, file or ticket' })
  kind!: z.input<typeof answerEvidence>['kind'];

  @Field({ description: 'A text, an address, the sha256 digest of a file, or a ticket' })
  value!: string;

  @Field(() => String, { nullable: true, description: 'Tickets only; ISO 8601' })
  dueAt?: string | null;
}

@InputType()
export class CheckAnswerInput implements z.input<typeof checkAnswer> {
  @Field(() => ID, { nullable: true, description: 'Left out: for the whole organisation' })
  workflowId?: string | null;

  @Field()
  checkId!: string;

  @Field(() => ID, { nullable: true, description: 'Left out: the latest release' })
  releaseId?: string | null;

  @Field(() => String, { description: 'yes, no or not_applicable' })
  answer!: z.input<typeof checkAnswer>['answer'];

  @Field({ defaultValue: '' })
  comment?: string;

  @Field(() => [AnswerEvidenceInput], { defaultValue: [] })
  evidence?: AnswerEvidenceInput[];

  @Field(() => String, { nullable: true })
  idempotencyKey?: string | null;
}

@ObjectType()
export class CheckAnswerPayload {
  @Field(() => CheckAnswer, { nullable: true })
  checkAnswer?: CheckAnswer | null;

  @Field(() => [UserErrorType])
  userErrors!: UserErrorType[];
}
