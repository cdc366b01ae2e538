import Box from '@mui/material/Box';
import { ChoiceInput } from '../form/choice-input.js';
import { SetInput } from '../form/set-input.js';
import { TextInput } from '../form/text-input.js';
import { YesNoInput } from '../form/yes-no-input.js';
import { Section } from '../ui/section.js';
import { autonomyChoices, dataClassChoices, leverChoices, riskQuestions } from './contract-words.js';

/** The third part: answers from which the risk tier is computed, and the levers for when it goes wrong. */
export function RiskPart() {
  return (
    <Section
      title="3. What can go wrong"
      intro="The tier follows from these answers. It can be raised by hand, never lowered."
    >
      <Box sx={{ display: 'grid', gap: 2 }}>
        <ChoiceInput name="core.autonomyMode" label="What it does by itself" choices={autonomyChoices} />
        {riskQuestions.map(([key, question]) => (
          <YesNoInput key={key} name={`core.risk.${key}`} label={question} />
        ))}
        <TextInput name="core.risk.reason" label="Why these answers hold" multiline minRows={2} />
        <SetInput name="core.dataClasses" label="Classes of data it sees" choices={dataClassChoices} />
        <SetInput name="core.rollbackLevers" label="Levers for a rollback" choices={leverChoices} />
      </Box>
    </Section>
  );
}
