import type { PGlite } from '@electric-sql/pglite';

export function scriptFromDatabase(database: PGlite, datamodel: string): Promise<string>;
