import { Injectable } from '@nestjs/common';
import { driftOf } from './drift.domain.js';
import type { Version } from './latest-versions.reads.js';
import type { Drift, Serving } from './observation.domain.js';
import { ServedVersions } from './served-versions.service.js';

/** Milliseconds after which an instance that has taken a version over answers from nothing older: three intervals. */
const settlesIn = 30_000;

/** Compares what an instance says that it serves with what was served. */
@Injectable()
export class DriftService {
  constructor(private readonly versions: ServedVersions) {}

  /** @param age milliseconds since the instance was first heard with this version */
  async judge(
    workflowId: string,
    version: Version,
    serves: readonly Serving[],
    age: number,
  ): Promise<Drift[]> {
    if (serves.length === 0) return [];
    const exact = await this.versions.of(workflowId, version);
    const isSettled = age >= settlesIn;
    const needsEver = exact === null || !isSettled;
    // Nearly always everything is in what is served now, and nothing else needs to be read.
    const simple = exact && driftOf(serves, exact, null, true);
    if (simple && (simple.length === 0 || !needsEver)) return simple;
    return driftOf(serves, exact, await this.versions.ever(workflowId), isSettled);
  }
}
