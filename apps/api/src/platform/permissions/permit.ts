import { SetMetadata } from '@nestjs/common';
import type { Permission } from './permission-table.js';

export const permitKey = 'holdpoint:permit';

/**
 * Declares what an operation needs; one that declares nothing is refused. On a class: what its field resolvers need.
 * HTTP routes: route-permissions.ts.
 */
export const Permit = (permission: Permission): ClassDecorator & MethodDecorator =>
  SetMetadata(permitKey, permission);
