import Box from '@mui/material/Box';
import { ChoiceInput } from '../form/choice-input.js';
import { RowFields } from '../form/row-fields.js';
import { TextInput } from '../form/text-input.js';
import { Section } from '../ui/section.js';
import { BudgetsFields } from './budgets-fields.js';
import { layerChoices, patternChoices } from './contract-words.js';
import { OptionalComponent } from './optional-component.js';
import { RetrievalFields } from './retrieval-fields.js';
import { ToolsFields } from './tools-fields.js';

/** The second part: the least complex pattern that keeps the promise, and what each added layer is for. */
export function HowItWorks() {
  return (
    <Section
      title="2. How it works"
      intro="The simplest pattern that meets the contract. Each added layer names the failure that it solves."
    >
      <Box sx={{ display: 'grid', gap: 2 }}>
        <ChoiceInput name="core.pattern" label="Pattern" choices={patternChoices} />
        <RowFields name="core.layers" label="Added layers" row="Layer" blank={{ solvesFailure: '' }}>
          {(path) => (
            <>
              <ChoiceInput name={`${path}.kind`} label="Layer" choices={layerChoices} />
              <TextInput name={`${path}.solvesFailure`} label="The failure it solves" />
            </>
          )}
        </RowFields>
        <OptionalComponent kind="retrieval" title="Retrieval" ask="It retrieves from sources">
          <RetrievalFields />
        </OptionalComponent>
        <OptionalComponent kind="tools" title="Tools" ask="It calls tools">
          <ToolsFields />
        </OptionalComponent>
        <OptionalComponent kind="budgets" title="Budgets" ask="It has budgets for latency and cost">
          <BudgetsFields />
        </OptionalComponent>
      </Box>
    </Section>
  );
}
