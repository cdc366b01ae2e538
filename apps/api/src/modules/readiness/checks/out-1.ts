import { outputContract } from '../output-contract.js';
import type { Rule } from '../rule.js';

/** OUT-1: an output contract that a program can check. */
export const out1: Rule = ({ output }) => {
  const { problem, statuses } = outputContract(output);
  if (problem) {
    return {
      status: 'fail',
      reason: problem.reason,
      place: { to: 'contract', field: `output.${problem.field}` },
    };
  }
  return {
    status: 'pass',
    reason: 'The output schema is valid, every object in it is closed, and the status is one of a closed set',
    measured: `${output.content.statusField}: ${(statuses ?? []).join(', ')}`,
    evaluatedFrom: output.createdAt,
    place: { to: 'contract', field: 'output.schema' },
  };
};
