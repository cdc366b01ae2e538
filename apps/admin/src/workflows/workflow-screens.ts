import { lazy, type ComponentType } from 'react';
import type { WorkflowHeader } from './workflow-pages.js';

export type Screen = ComponentType<{ workflow: WorkflowHeader }>;

function screen<K extends string>(load: () => Promise<Record<K, Screen>>, name: K) {
  return lazy(async () => ({ default: (await load())[name] }));
}

export const ReadinessScreen = screen(() => import('./readiness-screen.js'), 'ReadinessScreen');
export const ContractScreen = screen(() => import('../contract/contract-screen.js'), 'ContractScreen');
export const OperatingScreen = screen(() => import('../contract/operating-screen.js'), 'OperatingScreen');
export const ReleasesScreen = screen(() => import('../releases/releases-screen.js'), 'ReleasesScreen');
export const ReleaseNewScreen = screen(() => import('../releases/release-new-screen.js'), 'ReleaseNewScreen');
export const ReleaseScreen = screen(() => import('../releases/release-screen.js'), 'ReleaseScreen');
export const EvalsScreen = screen(() => import('../evals/evals-screen.js'), 'EvalsScreen');
export const EvalRunScreen = screen(() => import('../evals/eval-run-screen.js'), 'EvalRunScreen');
export const SuiteScreen = screen(() => import('../evals/suite-screen.js'), 'SuiteScreen');
export const ChecksScreen = screen(() => import('../checks/checks-screen.js'), 'ChecksScreen');
export const CheckScreen = screen(() => import('../checks/check-screen.js'), 'CheckScreen');
export const StagesScreen = screen(() => import('../stages/stages-screen.js'), 'StagesScreen');
export const StageScreen = screen(() => import('../stages/stage-screen.js'), 'StageScreen');
export const IncidentsScreen = screen(() => import('../incidents/incidents-screen.js'), 'IncidentsScreen');
export const IncidentScreen = screen(() => import('../incidents/incident-screen.js'), 'IncidentScreen');
export const ActivityScreen = screen(() => import('./activity-screen.js'), 'ActivityScreen');
export const LiveScreen = screen(() => import('../rollbacks/live-screen.js'), 'LiveScreen');
export const RollbackScreen = screen(() => import('../rollbacks/rollback-screen.js'), 'RollbackScreen');
export const RetireScreen = screen(() => import('../retire/retire-screen.js'), 'RetireScreen');
