import type { UploadFormat } from '../evals-input.schema.js';
import type { ImportContext, RunImport } from './imported-run.js';
import { PlainImport } from './plain-import.js';
import { PromptfooImport } from './promptfoo-import.js';

export const runImport = (format: UploadFormat, context: ImportContext): RunImport =>
  format === 'promptfoo' ? new PromptfooImport(context) : new PlainImport(context);
