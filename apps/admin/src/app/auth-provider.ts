import type { AuthProvider } from 'react-admin';
import { ViewerDocument } from '../api/generated/documents.js';
import { ApiFault, request } from '../api/request.js';
import { permissionFor } from './access.js';
import { currentSession, signIn, signOut } from './session.js';

/** react-admin's view of the session. Permissions are the words of the server's own permission table. */
export const authProvider: AuthProvider = {
  login: ({ email, password }: { email: string; password: string }) => signIn(email, password),
  logout: async () => {
    await signOut().catch(() => undefined);
  },
  checkAuth: async () => {
    if (!(await currentSession())) throw new ApiFault('Sign in to continue.', 401, 'UNAUTHENTICATED');
  },
  checkError: (error: unknown) =>
    error instanceof ApiFault && error.status === 401 ? Promise.reject(error) : Promise.resolve(),
  getIdentity: async () => {
    const user = await currentSession();
    if (!user) throw new ApiFault('Sign in to continue.', 401, 'UNAUTHENTICATED');
    return { id: user.id, fullName: user.name };
  },
  canAccess: async ({ resource, action }) => {
    const permission = permissionFor(resource, action);
    if (permission === null) return false;
    const { viewer } = await request(ViewerDocument, {});
    return viewer?.permissions.includes(permission) ?? false;
  },
  getPermissions: async () => {
    const { viewer } = await request(ViewerDocument, {});
    return viewer?.permissions ?? [];
  },
};
