import { BREAK, GraphQLError, visit, type DocumentNode, type ExecutionArgs } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GraphqlContext } from './context.js';

const introspective = new Set(['__schema', '__type']);

function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field: ({ name }) => {
      if (!introspective.has(name.value)) return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}

/** Who has not signed in, and is no key, is not told what could be asked. Refused before any resolver runs. */
export function introspectionForActors(): Plugin {
  return {
    onExecute({ args: executed, setResultAndStopExecution }) {
      const { document, contextValue } = executed as ExecutionArgs;
      if ((contextValue as GraphqlContext).actor !== null || !asksForSchema(document)) return;
      const extensions = { code: 'UNAUTHENTICATED' };
      setResultAndStopExecution({
        errors: [new GraphQLError('Sign in to read the schema', { extensions })],
      });
    },
  };
}
