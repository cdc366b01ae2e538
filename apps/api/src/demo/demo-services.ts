import type { INestApplicationContext } from '@nestjs/common';
import { BreakGlassService } from '../modules/break-glass/break-glass.service.js';
import { EvalsService } from '../modules/evals/evals.service.js';
import { IncidentLinkService } from '../modules/incident/incident-link.service.js';
import { IncidentService } from '../modules/incident/incident.service.js';
import { KeyService } from '../modules/key/key.service.js';
import { ModelService } from '../modules/model/model.service.js';
import { ExecutionService } from '../modules/promotion/execution.service.js';
import { PromotionService } from '../modules/promotion/promotion.service.js';
import { ReviewService } from '../modules/promotion/review.service.js';
import { PromptService } from '../modules/prompt/prompt.service.js';
import { CheckAnswerService } from '../modules/readiness/check-answer.service.js';
import { ReadinessReads } from '../modules/readiness/readiness.reads.js';
import { ReleaseService } from '../modules/release/release.service.js';
import { DrillService } from '../modules/rollback/drill.service.js';
import { HoldService } from '../modules/rollback/hold.service.js';
import { QuarantineService } from '../modules/rollback/quarantine.service.js';
import { RollbackReviewService } from '../modules/rollback/rollback-review.service.js';
import { RollbackService } from '../modules/rollback/rollback.service.js';
import { EnvironmentPinService } from '../modules/runtime/environment-pin.service.js';
import { StageService } from '../modules/stage/stage.service.js';
import { PersonService } from '../modules/team/person.service.js';
import { TeamService } from '../modules/team/team.service.js';
import { ContractService } from '../modules/workflow/contract.service.js';
import { RetirementService } from '../modules/workflow/retirement.service.js';
import { OperatingService } from '../modules/workflow/operating.service.js';
import { RegistrationService } from '../modules/workflow/registration.service.js';
import { Database } from '../platform/database/database.js';
import { DoorClock } from '../platform/door/door-clock.js';
import { IdentityService } from '../platform/identity/identity.service.js';

/** The services that people reach through GraphQL: the demo goes through the same doors. */
export function demoServices(app: INestApplicationContext) {
  const find = { strict: false };
  return {
    clock: app.get(DoorClock, find),
    database: app.get(Database, find),
    identity: app.get(IdentityService, find),
    people: app.get(PersonService, find),
    teams: app.get(TeamService, find),
    registration: app.get(RegistrationService, find),
    contracts: app.get(ContractService, find),
    operating: app.get(OperatingService, find),
    prompts: app.get(PromptService, find),
    models: app.get(ModelService, find),
    evals: app.get(EvalsService, find),
    releases: app.get(ReleaseService, find),
    answers: app.get(CheckAnswerService, find),
    readiness: app.get(ReadinessReads, find),
    promotions: app.get(PromotionService, find),
    reviews: app.get(ReviewService, find),
    execution: app.get(ExecutionService, find),
    incidents: app.get(IncidentService, find),
    incidentLinks: app.get(IncidentLinkService, find),
    breakGlass: app.get(BreakGlassService, find),
    keys: app.get(KeyService, find),
    rollbacks: app.get(RollbackService, find),
    rollbackReviews: app.get(RollbackReviewService, find),
    drills: app.get(DrillService, find),
    holds: app.get(HoldService, find),
    quarantines: app.get(QuarantineService, find),
    pins: app.get(EnvironmentPinService, find),
    retirement: app.get(RetirementService, find),
    stages: app.get(StageService, find),
  };
}
export type DemoServices = ReturnType<typeof demoServices>;
