import { CheckInput } from '../form/check-input.js';
import { Columns } from '../form/columns.js';
import { NumberInput } from '../form/number-input.js';
import { RowFields } from '../form/row-fields.js';
import { TextInput } from '../form/text-input.js';

export function RetrievalFields() {
  return (
    <>
      <RowFields name="retrieval.sources" label="Sources" row="Source" blank={{ id: '' }}>
        {(path) => (
          <>
            <Columns>
              <TextInput name={`${path}.id`} label="Id" help="As it appears in traces and citations" />
              <TextInput name={`${path}.owner`} label="Owner" />
              <NumberInput name={`${path}.freshnessSlaHours`} label="Indexed at least every (hours)" />
            </Columns>
            <TextInput name={`${path}.allowedUse`} label="Allowed use" />
            <TextInput name={`${path}.deletionProcedureUrl`} label="Deletion procedure (link)" type="url" />
          </>
        )}
      </RowFields>
      <CheckInput name="retrieval.usersSeeSources" label="Users see the sources" />
      <TextInput name="retrieval.whenSourcesDisagree" label="When sources disagree" />
      <TextInput name="retrieval.whenNoSourceSupports" label="When no source supports the answer" />
      <TextInput name="retrieval.permissionFlow" label="How permissions flow into retrieval" />
      <Columns>
        <TextInput name="retrieval.chunking" label="Chunking" />
        <TextInput name="retrieval.ranking" label="Ranking" />
      </Columns>
    </>
  );
}
