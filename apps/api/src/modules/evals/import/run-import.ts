import type { ImportContext, RunImport } from './imported-run.js';
import { PlainImport } from './plain-import.js';
import { PromptfooImport } from './promptfoo-import.js';

export const importFormats = ['promptfoo', 'plain'] as const;
export type ImportFormat = (typeof importFormats)[number];

export const runImport = (format: ImportFormat, context: ImportContext): RunImport =>
  format === 'promptfoo' ? new PromptfooImport(context) : new PlainImport(context);
