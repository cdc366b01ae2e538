import { Module } from '@nestjs/common';
import { StageModule } from '../stage/stage.module.js';
import { RegistrationResolver } from './registration.resolver.js';
import { RegistrationService } from './registration.service.js';
import { WorkflowModule } from './workflow.module.js';

/** The part of workflows that needs their stages, which themselves need workflows. */
@Module({
  imports: [StageModule, WorkflowModule],
  providers: [RegistrationResolver, RegistrationService],
  exports: [RegistrationService],
})
export class RegistrationModule {}
