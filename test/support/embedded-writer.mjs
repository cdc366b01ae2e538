// Writes teams into the embedded database of the folder given, one act after the other, and says each that was acknowledged.
// Runs on the built API, until it is killed.
import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../apps/api/dist/platform/database/open-database.js';

const database = await openDatabase({ databaseUrl: null, migrateUrl: null, dataFolder: process.argv[2] });
process.stdout.write('open\n');
for (let number = 0; ; number += 1) {
  const team = { id: randomUUID(), name: 'Team', createdAt: new Date() };
  const member = {
    id: randomUUID(),
    teamId: team.id,
    userId: randomUUID(),
    role: 'member',
    addedAt: new Date(),
  };
  await database.client.$transaction(async (tx) => {
    await tx.team.create({ data: { ...team, key: `team-${process.pid}-${number}` } });
    await tx.teamMember.create({ data: member });
  });
  process.stdout.write(`${team.id}\n`);
}
