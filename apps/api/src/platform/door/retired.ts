import type { Permission } from '../permissions/permission-table.js';

/** What is owed for what has happened: closing incidents, and looking at what was done without waiting. */
const owed: readonly Permission[] = ['breakGlass.review', 'incident.work', 'rollback.review'];

/** Whether this can still be done to a workflow that is retired. Nothing else of it ever changes again. */
export const isOpenWhenRetired = (permission: Permission): boolean => owed.includes(permission);
