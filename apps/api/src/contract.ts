/** The shapes that the API, the console and the command line share. The one barrel of the project. */
export * from './modules/workflow/risk.schema.js';
export * from './modules/workflow/contract.schema.js';
export * from './modules/workflow/operating.schema.js';
export * from './modules/stage/stage.schema.js';
export * from './modules/evals/evals.schema.js';
