import { Module } from '@nestjs/common';
import { TeamModule } from '../team/team.module.js';
import { ModelReads } from './model.reads.js';
import { ModelResolver } from './model.resolver.js';
import { ModelService } from './model.service.js';
import { ModelConfigVersionResolver } from './model-version.resolver.js';

@Module({
  imports: [TeamModule],
  providers: [ModelReads, ModelResolver, ModelService, ModelConfigVersionResolver],
  exports: [ModelReads],
})
export class ModelModule {}
