import { ar1 } from './checks/ar-1.js';
import { ar2 } from './checks/ar-2.js';
import { ev1 } from './checks/ev-1.js';
import { ev2 } from './checks/ev-2.js';
import { ev3 } from './checks/ev-3.js';
import { ev4 } from './checks/ev-4.js';
import { ob3 } from './checks/ob-3.js';
import { out1 } from './checks/out-1.js';
import { out2 } from './checks/out-2.js';
import { out3 } from './checks/out-3.js';
import { ow1 } from './checks/ow-1.js';
import { ow2 } from './checks/ow-2.js';
import { ow4 } from './checks/ow-4.js';
import { ro1 } from './checks/ro-1.js';
import { ro2 } from './checks/ro-2.js';
import { ro4 } from './checks/ro-4.js';
import { ro5 } from './checks/ro-5.js';
import { rt1 } from './checks/rt-1.js';
import { rt2 } from './checks/rt-2.js';
import { rt3 } from './checks/rt-3.js';
import { rt4 } from './checks/rt-4.js';
import { sf1 } from './checks/sf-1.js';
import { sf3 } from './checks/sf-3.js';
import { sf5 } from './checks/sf-5.js';
import { tl1 } from './checks/tl-1.js';
import { tl3 } from './checks/tl-3.js';
import { tl4 } from './checks/tl-4.js';
import { wf1 } from './checks/wf-1.js';
import { wf2 } from './checks/wf-2.js';
import { wf3 } from './checks/wf-3.js';
import { wf4 } from './checks/wf-4.js';
import type { Rule } from './rule.js';

/** Rules by check id. A check whose rule is not here is pending, and blocks. */
export type RuleTable = Readonly<Record<string, Rule>>;

export const checkRules: RuleTable = {
  'WF-1': wf1,
  'WF-2': wf2,
  'WF-3': wf3,
  'WF-4': wf4,
  'AR-1': ar1,
  'AR-2': ar2,
  'OUT-1': out1,
  'OUT-2': out2,
  'OUT-3': out3,
  'EV-1': ev1,
  'EV-2': ev2,
  'EV-3': ev3,
  'EV-4': ev4,
  'RT-1': rt1,
  'RT-2': rt2,
  'RT-3': rt3,
  'RT-4': rt4,
  'TL-1': tl1,
  'TL-3': tl3,
  'TL-4': tl4,
  'OB-3': ob3,
  'SF-1': sf1,
  'SF-3': sf3,
  'SF-5': sf5,
  'RO-1': ro1,
  'RO-2': ro2,
  'RO-4': ro4,
  'RO-5': ro5,
  'OW-1': ow1,
  'OW-2': ow2,
  'OW-4': ow4,
};
