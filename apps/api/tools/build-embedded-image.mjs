// Prepares the embedded database's first opening: a migrated, empty data folder as one file. Runs on the built API.
import { buildImage } from '../dist/platform/database/embedded-image.js';
import { readMigrations } from '../dist/platform/database/migration-file.js';

await buildImage(await readMigrations());
