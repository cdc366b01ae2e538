import type { PGlite } from '@electric-sql/pglite';

export function scriptFromEmpty(datamodel: string): Promise<string>;
export function scriptFromDatabase(database: PGlite, datamodel: string): Promise<string>;
