import Box from '@mui/material/Box';
import { autonomyChoices, toolEffectChoices } from '../contract/contract-words.js';
import { CheckInput } from '../form/check-input.js';
import { ChoiceInput } from '../form/choice-input.js';
import { Columns } from '../form/columns.js';
import { LinesInput } from '../form/lines-input.js';
import { NumberInput } from '../form/number-input.js';
import { RowFields } from '../form/row-fields.js';
import { TextInput } from '../form/text-input.js';

const buckets = ['user', 'tenant', 'conversation'].map((value) => ({ value, label: value }));
const operators = ['in', 'not_in', 'equals', 'starts_with', 'ends_with'].map((value) => ({
  value,
  label: value.replace('_', ' '),
}));

export function StageFields() {
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <TextInput name="definition.audience.description" label="Audience in words" />
      <Columns min={150}>
        <NumberInput name="definition.audience.percentage" label="Percentage" />
        <ChoiceInput name="definition.audience.bucketBy" label="Taken over" choices={buckets} />
        <NumberInput name="definition.maxExposurePercent" label="Exposure, at most (%)" />
        <NumberInput name="definition.expectedRequestsPerDay" label="Expected requests a day" />
      </Columns>
      <RowFields
        name="definition.audience.rules"
        label="Rules on attributes"
        row="Rule"
        blank={{ attribute: '', operator: 'in', values: [] }}
      >
        {(path) => (
          <Columns min={150}>
            <TextInput name={`${path}.attribute`} label="Attribute" />
            <ChoiceInput name={`${path}.operator`} label="Operator" choices={operators} />
            <LinesInput name={`${path}.values`} label="Values" />
          </Columns>
        )}
      </RowFields>
      <CheckInput
        name="definition.public"
        label="Open to keys of pages"
        help="Keys with the scope runtime-public, which anybody can read out of a page, may then ask what this stage serves: release, outcome, autonomy and what to do instead. Prompts, models, tools, limits and schemas stay hidden."
      />
      <Columns min={150}>
        <NumberInput name="definition.soak.hours" label="Soak (hours)" />
        <NumberInput name="definition.soak.replaceHours" label="Soak of a replacement (hours)" />
        <NumberInput name="definition.soak.minRequests" label="Requests, at least" />
        <NumberInput name="definition.soak.dailyReviews" label="Days of daily review" />
      </Columns>
      <Columns>
        <ChoiceInput name="definition.cap.autonomyMode" label="Autonomy, at most" choices={autonomyChoices} />
        <ChoiceInput
          name="definition.cap.toolEffect"
          label="Effect of tools, at most"
          choices={toolEffectChoices}
        />
      </Columns>
      <Columns>
        <LinesInput name="definition.checks.added" label="Checks asked here already" help="Ids, one a line" />
        <LinesInput
          name="definition.checks.removed"
          label="Checks taken away here"
          help="Ids, one a line; needs a second person"
        />
      </Columns>
    </Box>
  );
}
