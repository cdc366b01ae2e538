import type { AuthProvider } from 'react-admin';
import { ViewerDocument } from '../api/generated/documents.js';
import { ApiFault, request } from '../api/request.js';
import { permissionFor } from './access.js';
import { HttpRefusal } from './http.js';
import { currentSession, signIn, signOut } from './session.js';

/**
 * react-admin's view of the session. Permissions are the words of the server's own permission table. Whoever cannot be
 * told whether somebody is signed in, or may do something, leaves the page as it is: what fails here makes react-admin
 * go elsewhere, and everything is asked again once the registry answers.
 */
export const authProvider: AuthProvider = {
  login: ({ email, password }: { email: string; password: string }) => signIn(email, password),
  logout: async () => {
    await signOut().catch(() => undefined);
  },
  checkAuth: async () => {
    const isSignedIn = await currentSession().then((user) => user !== null, isNotSaid);
    if (!isSignedIn) throw new ApiFault('Sign in to continue.', 401, 'UNAUTHENTICATED');
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
    return request(ViewerDocument, {}).then(
      ({ viewer }) => viewer?.permissions.includes(permission) ?? false,
      (error: unknown) => {
        if (error instanceof ApiFault && error.status === 401) throw error;
        return true;
      },
    );
  },
  getPermissions: async () => {
    const { viewer } = await request(ViewerDocument, {});
    return viewer?.permissions ?? [];
  },
};

/** Anything but "no" from the registry itself. */
const isNotSaid = (error: unknown) => !(error instanceof HttpRefusal && error.status === 401);
