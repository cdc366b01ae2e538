/**
 * The layers: schema <- domain <- service <- resolver, and modules that meet only where they mean to.
 * Each rule says what it protects; `npm run layers` runs them.
 */
const modules = '^apps/api/src/modules/';
const inModule = '^apps/api/src/modules/([^/]+)/';
const database = '^apps/api/src/platform/database/';
const graphqlPackages = '(^|/)node_modules/(@nestjs|graphql|graphql-yoga|dataloader|rxjs|reflect-metadata)/';
const prismaPackages = '(^|/)node_modules/(@prisma|prisma|pg|@electric-sql|pglite-prisma-adapter)/';
const nodeModules = `^(node:)?(${require('node:module').builtinModules.join('|')})$`;
/** What one module may import of another: what it may ask, what it may have done, and shapes. */
const doors = '\\.(reads|service|schema|domain|types|module)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'pure-decisions',
      comment:
        'Schemas and decisions run in the browser and the command line too, and take time, ids and randomness as arguments: whatever they import, however far down, is no Nest, GraphQL, Prisma or Node module.',
      severity: 'error',
      from: { path: '\\.(domain|schema)\\.ts$' },
      to: { path: [graphqlPackages, prismaPackages, database, nodeModules], reachable: true },
    },
    {
      name: 'checks-are-pure',
      comment: 'An automatic check is one pure function over the facts it is given.',
      severity: 'error',
      from: { path: `${modules}readiness/checks/` },
      to: { path: [graphqlPackages, prismaPackages, database, '\\.(service|reads|resolver)\\.ts$'] },
    },
    {
      name: 'schema-is-the-bottom',
      comment: 'A schema imports schemas and nothing above.',
      severity: 'error',
      from: { path: '\\.schema\\.ts$' },
      to: { path: '\\.(domain|service|reads|resolver|types|module)\\.ts$' },
    },
    {
      name: 'domain-under-service',
      comment: 'A decision knows nothing of who loads or writes what it decides about.',
      severity: 'error',
      from: { path: '\\.domain\\.ts$' },
      to: { path: '\\.(service|reads|resolver|types|module)\\.ts$' },
    },
    {
      name: 'service-under-resolver',
      comment: 'Services and reads do not depend on how they are asked.',
      severity: 'error',
      from: { path: '\\.(service|reads)\\.ts$' },
      to: { path: '\\.(resolver|module)\\.ts$' },
    },
    {
      name: 'resolver-without-database',
      comment: 'A resolver takes GraphQL in and gives a payload out; reads and services touch the database.',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: { path: [database, prismaPackages, '^apps/api/src/platform/door/'] },
    },
    {
      name: 'modules-meet-at-their-doors',
      comment: 'Another module is met through its reads, its services and its shapes, never its insides.',
      severity: 'error',
      from: { path: inModule },
      to: { path: modules, pathNot: [`${modules}$1/`, doors] },
    },
    {
      name: 'resolvers-are-nobodys-business',
      comment: 'Only the module that wires a resolver imports it.',
      severity: 'error',
      from: { pathNot: '\\.module\\.ts$|^test/' },
      to: { path: '\\.resolver\\.ts$' },
    },
    {
      name: 'platform-under-modules',
      comment: 'The platform knows no module; only the application puts them together.',
      severity: 'error',
      from: { path: '^apps/api/src/platform/' },
      to: { path: modules },
    },
    {
      name: 'no-cycle',
      comment:
        'No cycles. GraphQL classes that mention each other (a release has a workflow has releases) are the exception: they refer by a function, after loading.',
      severity: 'error',
      from: { path: '^(apps/api|packages)/', pathNot: '\\.types\\.ts$' },
      to: { circular: true, viaOnly: { pathNot: '\\.types\\.ts$' } },
    },
    {
      name: 'no-cycle-in-the-console',
      comment:
        'No cycles when the console loads. A part may name the type of what its page has read, and a page may load another when it is opened.',
      severity: 'error',
      from: { path: '^apps/admin/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'console-through-the-contract',
      comment:
        'The console shares shapes with the API through contract.ts, and decides with its pure functions what a draft still misses.',
      severity: 'error',
      from: { path: '^apps/admin/' },
      to: { path: '^apps/api/', pathNot: '^apps/api/src/contract\\.ts$|/workflow/contract\\.domain\\.ts$' },
    },
    {
      name: 'contract-shares-only-shapes',
      comment: 'contract.ts gives out what runs in a browser.',
      severity: 'error',
      from: { path: '^apps/api/src/contract\\.ts$' },
      to: {
        path: '^apps/api/',
        pathNot:
          '\\.(schema|domain)\\.ts$|^apps/api/src/platform/(digest/|permissions/(permission-table|key-scopes)\\.ts$)',
      },
    },
    {
      name: 'client-stands-alone',
      comment: 'What a user installs carries nothing of the server or the console.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'product-without-tests',
      comment: 'The product never imports its tests or its tools.',
      severity: 'error',
      from: { path: '^(apps/[^/]+/src|packages)/' },
      to: { path: ['^test/', '^apps/api/tools/'] },
    },
    {
      name: 'only-declared-packages',
      comment: 'What the product runs on is in its own package.json.',
      severity: 'error',
      from: { path: '^(apps/api/src|packages)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads to a file.',
      severity: 'error',
      from: {},
      // A package of types alone has nothing to resolve to.
      to: { couldNotResolve: true, pathNot: '^@graphql-typed-document-node/core$' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['/generated/internal/', '/generated/models/', '/dist/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      // The client package by its sources: it need not be built.
      conditionNames: ['@holdpoint/source', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    cache: false,
  },
};
