import { defineConfig } from 'prisma/config';

// The CLI only generates the client here; the service applies prisma/migrations itself.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
