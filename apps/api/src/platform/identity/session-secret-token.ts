/** Injection token of the key that signs and seals cookies (a text). */
export const SESSION_SECRET = Symbol('session secret');
