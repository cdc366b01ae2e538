import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Rules of the house that no plugin has: each with the reason a reader needs. */
const houseSyntax = [
  { selector: 'TSEnumDeclaration', message: 'Use a union or an `as const` list: enums are not erasable.' },
  {
    selector: ':matches(ClassDeclaration, TSInterfaceDeclaration)[id.name=/(Manager|Helper|Utils?)$/]',
    message: 'Name it for what it does.',
  },
  {
    selector:
      ':function > .params TSQualifiedName[left.name="Prisma"][right.name=/(WhereInput|Include|Select)$/]',
    message: 'Arguments are words of the domain, not of the database.',
  },
];
const noBarrel = {
  selector: 'ExportAllDeclaration',
  message: 'No barrels: import from the file that has it.',
};
const noDefault = { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' };

const decorated = ['apps/api/src/**/*.ts'];
const scripts = ['**/*.js', '**/*.mjs', '**/*.cjs'];
const toolConfigs = ['*.config.{js,ts}', 'apps/*/*.config.{js,ts}', 'apps/admin/codegen.ts'];

export default defineConfig(
  globalIgnores(['**/dist/', '**/generated/', '.cache/', 'data/', 'coverage/', 'test/support/files/']),
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', 250],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', ...houseSyntax, noBarrel, noDefault],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Numbers read well in messages; objects and undefined do not.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An empty text is often as absent as null.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // A type argument that says what a query's rows look like is used once, and is worth having.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // GraphQL classes describe shapes: rows become them without a constructor.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // It asks for the `!` that another rule forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // A type describes data as well as an interface does.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // process.env and other string records are read with brackets, as the compiler asks.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    files: decorated,
    rules: {
      // Nest's modules are classes that only carry a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Decorators read the declared type; what is inferred is not emitted.
      '@typescript-eslint/no-inferrable-types': ['error', { ignoreProperties: true, ignoreParameters: true }],
      // Parameter types of decorated methods are emitted as values.
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: ['apps/api/src/contract.ts'],
    rules: { 'no-restricted-syntax': ['error', ...houseSyntax, noDefault] },
  },
  {
    files: ['apps/admin/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // A field that follows the address bar does so in an effect.
      'react-hooks/set-state-in-effect': 'off',
      // Forms watch their fields through react-hook-form, which the React compiler leaves as it is.
      'react-hooks/incompatible-library': 'off',
      // Event handlers may be async: react-admin and MUI ignore what they return.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A test that meets null or undefined here should fail, and does.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: scripts,
    extends: [tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: toolConfigs,
    rules: { 'no-restricted-syntax': ['error', ...houseSyntax, noBarrel] },
  },
  {
    files: ['apps/*/tools/**', 'test/bench/**'],
    rules: { 'no-console': 'off' },
  },
);
