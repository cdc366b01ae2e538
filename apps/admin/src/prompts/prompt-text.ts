import type { PromptVersionFullFragment } from '../api/generated/documents.js';

type Content = Pick<PromptVersionFullFragment, 'format' | 'text' | 'messages'>;

/** A prompt as one text: messages under the names of their roles. */
export function promptText(content: Content): string {
  if (content.format === 'text') return content.text ?? '';
  return (content.messages ?? []).map((message) => `[${message.role}]\n${message.content}`).join('\n\n');
}

/** The variables that a text names, in the order in which they come. Shown while writing; the server's list counts. */
export function variablesOf(text: string): string[] {
  return [
    ...new Set([...text.matchAll(/\{\{\s*([A-Za-z_][\w.]*)\s*\}\}/g)].map((match) => match[1] as string)),
  ];
}
