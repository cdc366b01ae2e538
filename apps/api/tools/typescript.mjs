// Lets Node run the TypeScript sources as they are: `node --import ./apps/api/tools/typescript.mjs file.ts`.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
