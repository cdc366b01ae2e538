import { Field, ObjectType } from '@nestjs/graphql';
import { registerUnion } from '../../platform/graphql/register-union.js';
import { roleWarningLevels, type RoleWarning, type RoleWarningLevel } from './role-warnings.domain.js';

export const RoleWarningLevelEnum = registerUnion(
  'RoleWarningLevel',
  roleWarningLevels,
  'missing: nobody holds the role; single: one person does, whose own work or absence leaves nobody',
);

@ObjectType('RoleWarning', { description: 'A role that is needed, and that nobody or only one person holds' })
export class RoleWarningType implements RoleWarning {
  @Field(() => RoleWarningLevelEnum)
  level!: RoleWarningLevel;

  @Field(() => String, { description: 'A team role or an organisation role' })
  role!: RoleWarning['role'];

  @Field({ description: 'Whether the team lacks it, or the organisation' })
  ofTeam!: boolean;

  @Field()
  message!: string;
}
