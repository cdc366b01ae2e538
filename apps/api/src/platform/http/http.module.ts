import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Logger } from 'pino';
import { HealthController } from './health.controller.js';
import { HttpErrorFilter } from './http-error.filter.js';
import { LOGGER } from './logger.js';
import { Readiness } from './readiness.js';

@Module({})
export class HttpModule {
  static for(logger: Logger): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      controllers: [HealthController],
      providers: [
        { provide: LOGGER, useValue: logger },
        { provide: APP_FILTER, useClass: HttpErrorFilter },
        Readiness,
      ],
      exports: [LOGGER, Readiness],
    };
  }
}
