// Prints the SQL that an empty database needs to hold prisma/schema.prisma. A person reviews it before it is kept.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { scriptFromEmpty } from './schema-engine.mjs';

const schema = fileURLToPath(new URL('../../../prisma/schema.prisma', import.meta.url));
process.stdout.write(await scriptFromEmpty(await readFile(schema, 'utf8')));
