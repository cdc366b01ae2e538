import type { Permission } from '@holdpoint/contract';
import { useViewer } from './use-viewer.js';

/** Whether the viewer holds a permission at all: for menus and buttons that are about no one object. */
export function useCan(permission: Permission): boolean {
  return useViewer()?.permissions.includes(permission) ?? false;
}
