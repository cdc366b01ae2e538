const isThorough = process.env['HOLDPOINT_TEST_THOROUGH'] === '1';

/**
 * How far the tests of chance and endurance go: as far as is promised where HOLDPOINT_TEST_THOROUGH=1, as in CI, and
 * less far at a desk, where all tests together are to end within eight minutes.
 */
export const thoroughness = isThorough
  ? { promotionKills: 20, rollbackKills: 5, races: 200, instants: 1000, sequences: 25, outageSeconds: 60 }
  : { promotionKills: 3, rollbackKills: 2, races: 40, instants: 200, sequences: 12, outageSeconds: 4 };

/** Whether every screen is looked at in every size and colour, or in the smaller one in the dark and the larger one in light. */
export const everyLook = isThorough;
