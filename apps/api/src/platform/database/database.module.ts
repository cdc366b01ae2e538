import { type DynamicModule, Module } from '@nestjs/common';
import { Database } from './database.js';

/** Gives every other module the database that the caller has opened, and closes once the application is closed. */
@Module({})
export class DatabaseModule {
  static of(database: Database): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [{ provide: Database, useValue: database }],
      exports: [Database],
    };
  }
}
