import { SetMetadata } from '@nestjs/common';
import type { Permission } from './permission-table.js';

export const permitKey = 'holdpoint:permit';

/** Declares what a resolver or route needs. On a class: for all of its field resolvers. Undeclared is refused. */
export const Permit = (permission: Permission): ClassDecorator & MethodDecorator =>
  SetMetadata(permitKey, permission);
