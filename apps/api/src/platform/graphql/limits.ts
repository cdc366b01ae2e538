import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { GraphQLError, type ExecutionArgs } from 'graphql';
import { getComplexity, simpleEstimator, type ComplexityEstimator } from 'graphql-query-complexity';
import type { Plugin } from 'graphql-yoga';
import { introspectionForActors } from './introspection-for-actors.js';
import { refuseUnstorableText } from './storable-text.js';

export const graphqlLimits = {
  depth: 14,
  aliases: 60,
  tokens: 5000,
  complexity: 30_000,
  bodyBytes: 1_048_576,
};

/** A list costs its page size times what one row costs. */
const perRow: ComplexityEstimator = ({ args, childComplexity }) => {
  const first = (args as { first?: unknown }).first;
  return typeof first === 'number' ? 1 + Math.min(Math.max(first, 1), 100) * childComplexity : undefined;
};

function refuseComplexity(): Plugin {
  return {
    onExecute({ args: executed, setResultAndStopExecution }) {
      const args = executed as ExecutionArgs;
      const complexity = getComplexity({
        schema: args.schema,
        query: args.document,
        variables: args.variableValues ?? {},
        operationName: args.operationName ?? undefined,
        estimators: [perRow, simpleEstimator({ defaultComplexity: 1 })],
      });
      if (complexity <= graphqlLimits.complexity) return;
      const limit = String(graphqlLimits.complexity);
      const message = `This query could return ${String(complexity)} fields; the limit is ${limit}. Ask for fewer rows.`;
      setResultAndStopExecution({
        errors: [new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX' } })],
      });
    },
  };
}

/** What a query may cost, refused before any resolver runs. */
export function limitPlugins(): Plugin[] {
  return [
    refuseUnstorableText(),
    introspectionForActors(),
    maxTokensPlugin({ n: graphqlLimits.tokens }),
    maxDepthPlugin({ n: graphqlLimits.depth, ignoreIntrospection: true }),
    maxAliasesPlugin({ n: graphqlLimits.aliases, allowList: [] }),
    refuseComplexity(),
  ];
}
