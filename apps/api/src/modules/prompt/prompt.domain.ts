import { canonicalJson, digestOfText } from '../../platform/digest/digest.js';
import type { PromptText } from './prompt.schema.js';

const placeholder = /\{\{\s*([A-Za-z_][A-Za-z0-9_.]*)\s*\}\}/g;

const texts = (prompt: PromptText) =>
  prompt.format === 'text' ? [prompt.text] : prompt.messages.map((message) => message.content);

/** Names inside `{{ }}`, each once, in the order in which they first appear. */
export function promptVariables(prompt: PromptText): string[] {
  const found = texts(prompt).flatMap((text) =>
    [...text.matchAll(placeholder)].map((match) => match[1] ?? ''),
  );
  return [...new Set(found)];
}

/** What is stored and hashed: `{format, text}` or `{format, messages: [{role, content}]}`, exactly as written. */
export function canonicalPrompt(prompt: PromptText): { canonical: string; digest: string } {
  const canonical = canonicalJson(
    prompt.format === 'text'
      ? { format: prompt.format, text: prompt.text }
      : {
          format: prompt.format,
          messages: prompt.messages.map(({ role, content }) => ({ role, content })),
        },
  );
  return { canonical, digest: digestOfText(canonical) };
}

/** A stored prompt read back from its canonical text. */
export const parsePrompt = (canonical: string) => JSON.parse(canonical) as PromptText;

/** The whole prompt as lines, for the scan that reports places by line: messages follow each other. */
export const promptLines = (prompt: PromptText) => texts(prompt).join('\n');
