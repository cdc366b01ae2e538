import type { ServedPrompt } from '../flags/decision-value.js';

/** Of the application's: texts, numbers and truth values, put in as they are. */
export type Variables = Readonly<Record<string, string | number | boolean | null | undefined>>;
export interface ChatMessage {
  role: string;
  content: string;
}

/** The same as the registry's own, so that every variable that it lists is found. */
const placeholder = /\{\{\s*([A-Za-z_][A-Za-z0-9_.]*)\s*\}\}/g;

/**
 * The application asked for a prompt without giving it all of its variables. The one error that the SDK throws: a prompt
 * with holes must not be run, and only the application can fill them.
 */
export class MissingVariables extends Error {
  override readonly name = 'MissingVariables';
  constructor(
    /** Name and version of the prompt, such as `support/reply v3`. */
    readonly prompt: string,
    readonly missing: readonly string[],
  ) {
    super(`The prompt ${prompt} needs ${missing.join(', ')}`);
  }
}

/**
 * The prompt with its variables filled in: a text, or messages for chat. Nothing is escaped, and what is put in is not
 * looked through again. Variables that the prompt has not are left out.
 * @throws MissingVariables where one is not given, null or undefined
 */
export function compilePrompt(prompt: ServedPrompt, variables: Variables): string | ChatMessage[] {
  const { template } = prompt;
  const missing = new Set<string>();
  const fill = (text: string) =>
    text.replace(placeholder, (_whole, name: string) => {
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (value === undefined || value === null) missing.add(name);
      return String(value);
    });
  const filled =
    typeof template === 'string'
      ? fill(template)
      : template.map(({ role, content }) => ({ role, content: fill(content) }));
  if (missing.size > 0) throw new MissingVariables(`${prompt.name} v${prompt.version}`, [...missing]);
  return filled;
}
