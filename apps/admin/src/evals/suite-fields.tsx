import { requiredCategories } from '@holdpoint/contract';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { CheckInput } from '../form/check-input.js';
import { ChoiceInput } from '../form/choice-input.js';
import { Columns } from '../form/columns.js';
import { NumberInput } from '../form/number-input.js';
import { RowFields } from '../form/row-fields.js';
import { TextInput } from '../form/text-input.js';
import { comparatorChoices } from '../contract/contract-words.js';

const categoryWords: Record<(typeof requiredCategories)[number], string> = {
  success: 'Success',
  not_enough_evidence: 'Not enough evidence',
  policy_boundary: 'Policy boundary',
  historical: 'Historical edge cases',
  past_failure: 'Past failures',
  high_trust: 'High trust',
};

export function SuiteFields() {
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <TextInput name="description" label="Description" multiline minRows={2} />
      <RowFields
        name="metrics"
        label="Gate metrics"
        row="Metric"
        blank={{
          name: '',
          description: '',
          comparator: 'gte',
          greaterIsBetter: true,
          minSamples: 1,
          tolerance: 0,
          modelGraded: false,
        }}
        help="A release must meet every one of them."
      >
        {(path) => (
          <>
            <Columns min={130}>
              <TextInput name={`${path}.name`} label="Name" />
              <ChoiceInput name={`${path}.comparator`} label="Mean must be" choices={comparatorChoices} />
              <NumberInput name={`${path}.threshold`} label="Threshold" />
            </Columns>
            <Columns min={130}>
              <NumberInput name={`${path}.minSamples`} label="Least samples" />
              <NumberInput
                name={`${path}.tolerance`}
                label="Tolerance"
                help="How much worse than what is live it may be"
              />
              <CheckInput name={`${path}.greaterIsBetter`} label="Greater is better" />
              <CheckInput name={`${path}.modelGraded`} label="Scored by a model" />
            </Columns>
            <TextInput name={`${path}.description`} label="Description" />
          </>
        )}
      </RowFields>
      <Typography variant="h3">Least cases by category</Typography>
      <Columns min={150}>
        {requiredCategories.map((category) => (
          <NumberInput
            key={category}
            name={`minCasesPerCategory.${category}`}
            label={categoryWords[category]}
          />
        ))}
      </Columns>
      <Columns>
        <NumberInput name="maxErrorRate" label="Share of errors, at most (0 to 1)" />
        <TextInput name="dataset" label="Data set" help="Its name or digest" />
      </Columns>
    </Box>
  );
}
