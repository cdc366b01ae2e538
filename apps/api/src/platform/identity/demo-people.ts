/** People of the demo have addresses in this domain. Their password is known, so they sign in with --demo alone. */
export const demoEmailDomain = 'demo.holdpoint.example';

export function isDemoEmail(email: string): boolean {
  return email.toLowerCase().endsWith(`@${demoEmailDomain}`);
}
