import { once } from 'node:events';
import { createServer } from 'node:net';

/** Asked before anything slow is done: a taken port is better known at once. @throws the system's EADDRINUSE or EACCES */
export async function portIsFree(port: number, host: string): Promise<void> {
  const probe = createServer();
  probe.listen(port, host);
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}
