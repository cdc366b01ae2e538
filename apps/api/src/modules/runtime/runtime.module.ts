import { Module } from '@nestjs/common';
import { ReleaseContentReads } from './release-content.reads.js';
import { ServedPartsReads } from './served-parts.reads.js';
import { SnapshotCompiler } from './snapshot-compiler.service.js';
import { SnapshotStore } from './snapshot-store.service.js';

/** What running applications are served, from memory. */
@Module({
  providers: [ReleaseContentReads, ServedPartsReads, SnapshotCompiler, SnapshotStore],
  exports: [SnapshotStore],
})
export class RuntimeModule {}
