import type { FailureBehaviour } from '../decide/snapshot.js';
import type { HonouredLever } from '../report/heartbeat.schema.js';
import type { ForcedFallback } from './forced-fallback.js';
import type { Timings } from './timings.js';

/** Something that the client lives with, and that a person should know. */
export interface Problem {
  code:
    'OPTIONS' | 'UNREACHABLE' | 'REFUSED' | 'UNREADABLE' | 'STORED' | 'REPORT' | 'LISTENER' | 'ENVIRONMENT';
  message: string;
  workflow?: string;
}

export interface HoldpointOptions {
  /** Of the registry, such as https://holdpoint.example.com. HOLDPOINT_URL unless given. */
  url?: string;
  /** An API key of scope runtime. HOLDPOINT_KEY unless given. */
  key?: string;
  /** The application's own name, the same for all of its instances; shown to people on call. */
  application: string;
  /** The key's environment; production unless given, or HOLDPOINT_ENVIRONMENT. Names the stored snapshots. */
  environment?: string;
  /** Where the last good snapshots are stored; HOLDPOINT_DATA_DIR unless given. Without either, nothing is stored. */
  dataDir?: string;
  /** How long ready() waits at most, in milliseconds: 2,000 unless given. */
  timeoutMs?: number;
  /** Workflows, as team.workflow, to fetch at once instead of when they are first asked for. */
  workflows?: readonly string[];
  /** What to do where there is neither a registry nor a stored snapshot: for all workflows, or by workflow. */
  failure?: FailureBehaviour | Readonly<Record<string, FailureBehaviour>>;
  /** Levers that this application does not honour, so that people on call are told; none unless given. */
  ignoresLevers?: readonly HonouredLever[];
  /** Forces the failure behaviour here; HOLDPOINT_FORCE_FALLBACK unless given. */
  forceFallback?: ForcedFallback;
  /** Hears of problems; process.emitWarning() unless given, the same one at most once a minute. */
  onProblem?: (problem: Problem) => void;
  timings?: Partial<Timings>;
}

export const defaultTimeoutMs = 2000;
const abstain: FailureBehaviour = { action: 'abstain', fallback: null };

/** @param workflow team.workflow */
export function failureGiven(failure: HoldpointOptions['failure'], workflow: string): FailureBehaviour {
  if (!failure) return abstain;
  if ('action' in failure && typeof failure.action === 'string') return failure as FailureBehaviour;
  return (failure as Readonly<Record<string, FailureBehaviour>>)[workflow] ?? abstain;
}
