import { Field, ObjectType } from '@nestjs/graphql';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { Overlay } from '../rollback/rollback.types.js';
import { servedTo, type InStage, type ServedTo } from './in-stages.domain.js';

export const ServedToEnum = registerUnion(
  'ServedTo',
  servedTo,
  'To whom in a stage a release is served. everybody: but for segments that something is laid over. segments: to some of them only',
);

@ObjectType({ description: 'A stage that a release occupies, or that a rollback serves it in' })
export class ReleaseInStage implements InStage<Overlay> {
  @Field()
  stageKey!: string;

  @Field({ description: 'The pointer of the stage names it, whatever lies over that' })
  occupies!: boolean;

  @Field(() => ServedToEnum)
  served!: ServedTo;

  @Field({ description: 'It would be served to everybody there, and is in quarantine' })
  quarantined!: boolean;

  @Field(() => [Overlay], {
    description:
      'What takes effect there for who is served it, or would be: turned off, fallen back, or another release. The one that wins first; drills left out',
  })
  overlays!: Overlay[];
}
