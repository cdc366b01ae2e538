/** The shapes that the API, the console and the command line share. The one barrel of the project. */
export * from './modules/workflow/risk.schema.js';
export * from './modules/workflow/contract.schema.js';
export * from './modules/workflow/operating.schema.js';
export * from './modules/stage/stage.schema.js';
export * from './modules/evals/evals.schema.js';
export * from './modules/evals/evals-input.schema.js';
export * from './modules/checklist/checklist.schema.js';
export * from './modules/readiness/check-answer.schema.js';
export * from './modules/waiver/waiver.schema.js';
export * from './modules/prompt/prompt.schema.js';
export * from './modules/model/model.schema.js';
export * from './modules/release/release.schema.js';
export * from './modules/promotion/promotion.schema.js';
export * from './modules/incident/incident.schema.js';
export * from './modules/break-glass/break-glass.schema.js';
export * from './modules/team/team.schema.js';
export * from './modules/team/person.schema.js';
