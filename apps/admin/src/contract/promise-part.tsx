import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ChoiceInput } from '../form/choice-input.js';
import { Columns } from '../form/columns.js';
import { JsonInput } from '../form/json-input.js';
import { LinesInput } from '../form/lines-input.js';
import { NumberInput } from '../form/number-input.js';
import { RowFields } from '../form/row-fields.js';
import { TextInput } from '../form/text-input.js';
import { Section } from '../ui/section.js';
import { comparatorChoices, failureActions, fallbackChoices, metricSources } from './contract-words.js';

/** The first part: job, boundaries, success, failure, and the output in a form that machines can check. */
export function PromisePart() {
  return (
    <Section
      title="1. What it promises"
      intro="Narrow enough to test. If this cannot be filled in, it is too early for a release."
    >
      <Box sx={{ display: 'grid', gap: 2 }}>
        <TextInput
          name="core.userJob"
          label="User job"
          help="What it turns into what, for whom"
          multiline
          minRows={2}
        />
        <TextInput
          name="core.inputBoundary"
          label="Input boundary"
          help="Everything it may see, and nothing else"
          multiline
          minRows={2}
        />
        <TextInput
          name="core.outputBoundary"
          label="Output boundary"
          help="What comes out, and what never does"
          multiline
          minRows={2}
        />
        <LinesInput name="core.neverDoes" label="What it never does by itself" />
        <RowFields
          name="core.successMetrics"
          label="Success metrics"
          row="Metric"
          blank={{ name: '', description: '', comparator: 'gte', source: 'eval' }}
          help="How the team will know that it works"
        >
          {(path) => (
            <>
              <Columns>
                <TextInput name={`${path}.name`} label="Name" />
                <ChoiceInput name={`${path}.source`} label="Measured in" choices={metricSources} />
              </Columns>
              <TextInput name={`${path}.description`} label="What is measured" />
              <Columns min={120}>
                <ChoiceInput name={`${path}.comparator`} label="Must be" choices={comparatorChoices} />
                <NumberInput name={`${path}.threshold`} label="Threshold" />
                <NumberInput name={`${path}.minSamples`} label="Least samples" />
              </Columns>
            </>
          )}
        </RowFields>
        <Typography variant="h3">When it cannot answer</Typography>
        <TextInput name="core.failureBehaviour.whenUnsure" label="What it does" multiline minRows={2} />
        <Columns>
          <ChoiceInput name="core.failureBehaviour.action" label="Action" choices={failureActions} />
          <ChoiceInput name="core.failureBehaviour.fallback" label="Fallback" choices={fallbackChoices} />
          <TextInput name="core.failureBehaviour.escalationTarget" label="Escalates to" />
        </Columns>
        <Typography variant="h3">Output contract</Typography>
        <JsonInput
          name="output.schema"
          label="JSON Schema of the output"
          help="Draft 2020-12 or 07. Typed fields, a closed set of statuses, explicit null"
          minRows={10}
        />
        <Columns>
          <TextInput name="output.statusField" label="Status field" help="Dot path, such as status" />
          <TextInput name="output.citationsField" label="Citations field" help="If it cites" />
          <TextInput name="output.actionsField" label="Actions field" help="If it proposes actions" />
        </Columns>
        <TextInput name="output.nullRules" label="How null is to be read" multiline minRows={2} />
      </Box>
    </Section>
  );
}
