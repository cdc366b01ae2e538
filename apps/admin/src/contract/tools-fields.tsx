import { CheckInput } from '../form/check-input.js';
import { ChoiceInput } from '../form/choice-input.js';
import { Columns } from '../form/columns.js';
import { JsonInput } from '../form/json-input.js';
import { LinesInput } from '../form/lines-input.js';
import { NumberInput } from '../form/number-input.js';
import { RowFields } from '../form/row-fields.js';
import { TextInput } from '../form/text-input.js';
import { toolEffectChoices } from './contract-words.js';

const approvals = [
  { value: 'none', label: 'Not needed' },
  { value: 'human', label: 'A person, each time' },
];

export function ToolsFields() {
  return (
    <>
      <RowFields
        name="tools.tools"
        label="Allowed tools"
        row="Tool"
        blank={{ name: '', description: '', approval: 'none', idempotent: false }}
      >
        {(path) => (
          <>
            <Columns>
              <TextInput name={`${path}.name`} label="Name" />
              <ChoiceInput
                name={`${path}.effect`}
                label="Effect"
                choices={toolEffectChoices}
                none="Not declared"
              />
              <ChoiceInput name={`${path}.approval`} label="Approval" choices={approvals} />
            </Columns>
            <TextInput name={`${path}.description`} label="What it does" />
            <JsonInput name={`${path}.argsSchema`} label="JSON Schema of its arguments" minRows={4} />
            <Columns>
              <CheckInput name={`${path}.idempotent`} label="Safe to repeat" />
              <NumberInput name={`${path}.ratePerMinute`} label="Calls a minute, at most" />
            </Columns>
          </>
        )}
      </RowFields>
      <Columns min={140}>
        <NumberInput name="tools.limits.maxSteps" label="Steps, at most" />
        <NumberInput name="tools.limits.maxToolCalls" label="Tool calls, at most" />
        <NumberInput name="tools.limits.maxSpendUsd" label="Spend, at most (USD)" />
        <NumberInput name="tools.limits.timeoutMs" label="Time, at most (ms)" />
      </Columns>
      <LinesInput name="tools.limits.stopConditions" label="Stop conditions" />
      <TextInput name="tools.limits.escalationRule" label="When it must hand over to a person" />
    </>
  );
}
