import { createPublicKey, type KeyObject } from 'node:crypto';
import { Checkpoints } from '../../apps/api/src/platform/ledger/checkpoints.js';
import { exportOf, keyOf, LedgerFiles, linesOf, placeOf, textOf } from './ledger-file.js';
import { staffedTeam, type StaffedTeam } from './team.builder.js';
import { publishContract, registerWorkflow } from './workflow.builder.js';
import { createWorld, type Person, type World } from './world.js';

/** Which kind of line of an export this is. */
export const kindOf = (line: string): string => Object.keys(JSON.parse(line) as object)[0] ?? '';

/** A ledger with three checkpoints and its export, to be changed and verified. */
export class LedgerCase {
  readonly lines: string[];

  private constructor(
    readonly world: World,
    readonly files: LedgerFiles,
    readonly team: StaffedTeam,
    readonly auditor: Person,
    /** A workflow’s chain: registered, drafted and published in the first checkpoint, raised for a reason in the second. */
    readonly chain: string,
    /** The export when there was one checkpoint, and when there were three. */
    readonly early: string,
    readonly whole: string,
    readonly publicKey: KeyObject,
    /** Path of the public key. */
    readonly key: string,
  ) {
    this.lines = linesOf(whole);
  }

  static async open(): Promise<LedgerCase> {
    const world = await createWorld();
    const files = await LedgerFiles.open();
    const team = await staffedTeam(world);
    const auditor = await world.person({ organisationRoles: ['auditor'] });
    const raise = (workflowId: string) => {
      const input = { workflowId, tier: 'high', reason: 'Customers see it' };
      return world.mustAct('workflowTierRaise', 'workflow { id }', input, team.member);
    };
    const { id: chain } = await registerWorkflow(world, team);
    await publishContract(world, chain, team.member);
    const early = await exportOf(world, auditor);
    await raise(chain);
    const { id: other } = await registerWorkflow(world, team);
    await publishContract(world, other, team.member);
    await world.app.get(Checkpoints).take();
    await raise(other);
    const whole = await exportOf(world, auditor);
    const pem = await keyOf(world, auditor);
    const key = await files.write(pem, 'key.pem');
    return new LedgerCase(world, files, team, auditor, chain, early, whole, createPublicKey(pem), key);
  }

  verify(changed: readonly string[], ...more: string[]) {
    return this.files.verify(textOf(changed), this.key, ...more);
  }

  /** Place of an entry of the chain. */
  at(seq: number): number {
    return placeOf(this.lines, this.chain, seq);
  }

  placesOf(kind: string): number[] {
    return this.lines.flatMap((line, place) => (kindOf(line) === kind ? [place] : []));
  }

  replaced(place: number, line: string): string[] {
    return this.lines.map((old, index) => (index === place ? line : old));
  }

  without(...places: number[]): string[] {
    return this.lines.filter((_, index) => !places.includes(index));
  }

  async close(): Promise<void> {
    await this.files.close();
    await this.world.close();
  }
}
