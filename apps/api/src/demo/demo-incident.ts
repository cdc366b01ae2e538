import { isComplete } from '../modules/readiness/readiness-result.domain.js';
import type { DemoServices } from './demo-services.js';
import { demoRequest, type DemoPeople } from './demo-team.js';
import type { DemoWorkflow } from './demo-workflow.js';

/** An incident of a workflow of the demo, and the one promotion that it admitted past incomplete gates. */
export class DemoIncident {
  private id = '';
  private grantId = '';

  constructor(
    private readonly services: DemoServices,
    private readonly people: DemoPeople,
    private readonly workflow: DemoWorkflow,
  ) {}

  async open(title: string): Promise<void> {
    const [onCall, ownerId] = [await this.people.as('oncall'), this.people.id('oncall')];
    const input = { workflowId: this.workflow.workflowId, title, ownerId };
    this.id = (await this.services.incidents.open(onCall, demoRequest, input)).incidentId;
  }

  /** To whoever is on call. */
  async grant(reason: string): Promise<void> {
    const input = { incidentId: this.id, personId: this.people.id('oncall'), reason };
    const administrator = await this.people.as('administrator');
    this.grantId = (await this.services.breakGlass.grant(administrator, demoRequest, input)).grantId;
  }

  /** Asked for, answered but for these checks, approved, and moved past them. */
  async breakGlass(
    toStage: string,
    left: readonly string[],
    words: { note: string; reason: string },
  ): Promise<void> {
    const { workflow, services, people } = this;
    const promotionId = await workflow.request(toStage, 'climb', words.note);
    await workflow.answer(toStage, promotionId, left);
    await workflow.approve(promotionId, 'Read the contract, the prompt and the eval results.');
    const link = { incidentId: this.id, kind: 'promotion', value: promotionId };
    const onCall = await people.as('oncall');
    await services.incidentLinks.link(onCall, demoRequest, link);
    const named = {
      promotionId,
      expectedDigest: workflow.digest,
      checkIds: [...left],
      grantId: this.grantId,
    };
    const used = { ...named, reason: words.reason };
    const done = await services.execution.executeBreakGlass(onCall, demoRequest, used);
    if (done.readinessRecordId) return;
    const open = done.readiness?.gates.flatMap((gate) => gate.checks) ?? [];
    const missing = open.filter((check) => check.requiredHere && !isComplete(check.status));
    const why = [...missing.map((check) => check.id), ...done.userErrors.map((error) => error.message)];
    throw new Error(`The demo's break-glass is refused: ${why.join('; ')}`);
  }

  async review(comment: string): Promise<void> {
    const { workflowId } = this.workflow;
    const where = { workflowId, review: null };
    const { id: useId } = await this.services.database.client.breakGlassUse.findFirstOrThrow({ where });
    const input = { useId, verdict: 'justified', comment };
    await this.services.breakGlass.review(await this.people.as('security'), demoRequest, input);
  }

  async monitor(note: string): Promise<void> {
    const input = { incidentId: this.id, note };
    await this.services.incidents.monitor(await this.people.as('oncall'), demoRequest, input);
  }

  async resolve(note: string): Promise<void> {
    const input = { incidentId: this.id, note };
    await this.services.incidents.resolve(await this.people.as('oncall'), demoRequest, input);
  }
}
