/** Of PostgreSQL (classes 08 and 57), of sockets, and of Prisma where it could not reach a server. */
const codes =
  /^(08...|57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|P1001|P1002|P1008|P1017|P2024)$/;
const words =
  /Connection terminated|terminating connection|Can't reach database server|timeout exceeded when trying to connect|Server has closed the connection|ECONNREFUSED/;

/** Whether what failed is the way to the database, and not what was asked of it. Looks behind what wrapped it. */
export function isDatabaseLost(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 6) return false;
  const { code, originalCode, message, cause, meta, driverAdapterError, errors } = error as Record<
    string,
    unknown
  >;
  if ([code, originalCode].some((one) => typeof one === 'string' && codes.test(one))) return true;
  if (typeof message === 'string' && words.test(message)) return true;
  const behind = [cause, meta, driverAdapterError, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return behind.some((one) => isDatabaseLost(one, depth + 1));
}
