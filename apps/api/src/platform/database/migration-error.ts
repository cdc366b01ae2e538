/** The database cannot be brought to what this version needs; the message says which migration and why. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}
