import { dutyKinds, type DutyKind } from '@holdpoint/contract';
import Box from '@mui/material/Box';
import { ChoiceInput, type Choice } from '../form/choice-input.js';
import { Columns } from '../form/columns.js';
import { DateInput } from '../form/date-input.js';
import { NumberInput } from '../form/number-input.js';
import { RowFields } from '../form/row-fields.js';
import { TextInput } from '../form/text-input.js';

const dutyWords: Record<DutyKind, string> = {
  eval_upkeep: 'Upkeep of the evals',
  output_review: 'Review of outputs',
  cost: 'Cost',
  sources: 'Sources',
  feedback: 'Feedback',
  secrets: 'Secrets',
  tool_permissions: 'Permissions of tools',
  safety_incidents: 'Safety incidents',
  change_approval: 'Approval of changes',
};
const dutyChoices = dutyKinds.map((value) => ({ value, label: dutyWords[value] }));

/** @param teams by key, which is what the record holds. */
export function OperatingFields({ people, teams }: { people: Choice[]; teams: Choice[] }) {
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Columns>
        <ChoiceInput name="ownerTeam" label="Owning team" choices={teams} />
        <ChoiceInput name="accountableUserId" label="Accountable person" choices={people} />
        <TextInput
          name="escalationContact"
          label="Escalation contact"
          help="Whom to reach when it goes wrong"
        />
      </Columns>
      <RowFields name="duties" label="Recurring duties" row="Duty" blank={{}}>
        {(path) => (
          <Columns min={150}>
            <ChoiceInput name={`${path}.kind`} label="Duty" choices={dutyChoices} />
            <ChoiceInput
              name={`${path}.ownerTeam`}
              label="Done by team"
              choices={teams}
              none="The owning team"
            />
            <NumberInput name={`${path}.cadenceDays`} label="Every (days)" />
            <DateInput name={`${path}.lastDoneAt`} label="Last done" />
          </Columns>
        )}
      </RowFields>
      <RowFields name="providers" label="Reviews of model providers" row="Provider" blank={{ provider: '' }}>
        {(path) => (
          <>
            <Columns>
              <TextInput name={`${path}.provider`} label="Provider" />
              <DateInput name={`${path}.reviewedAt`} label="Reviewed" />
              <TextInput name={`${path}.recordUrl`} label="Record (link)" type="url" />
            </Columns>
            <TextInput name={`${path}.notes`} label="Notes" />
          </>
        )}
      </RowFields>
      <TextInput name="incidentRunbookUrl" label="Incident runbook (link)" type="url" />
      <TextInput name="deactivationCriteria" label="When it is switched off for good" multiline minRows={2} />
    </Box>
  );
}
