/** The other side said no, or may not be asked. Its message is safe to show. */
export class PushRefused extends Error {}
