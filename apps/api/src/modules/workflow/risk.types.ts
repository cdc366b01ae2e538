import { registerUnion } from '../../platform/graphql/register-union.js';
import { riskTiers } from './risk.schema.js';

export const RiskTierEnum = registerUnion(
  'RiskTier',
  riskTiers,
  'Computed from the risk answers, raised by hand, never lowered',
);
