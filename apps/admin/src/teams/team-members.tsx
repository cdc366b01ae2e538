import { z } from 'zod';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useForm } from 'react-hook-form';
import {
  PeopleChoicesDocument,
  TeamMemberAddDocument,
  TeamMemberRemoveDocument,
  type TeamRole,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { ActForm } from '../form/act-form.js';
import { ChoiceInput } from '../form/choice-input.js';
import { Columns } from '../form/columns.js';
import { zodResolver } from '../form/zod-resolver.js';
import { Age } from '../ui/age.js';
import { EmptyState } from '../ui/empty-state.js';
import { ProblemList } from '../ui/problem-list.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { roleWords } from './role-words.js';
import type { TeamData } from './team-page.js';

const roles: TeamRole[] = ['member', 'reviewer', 'responder'];

export function TeamMembers({ team }: { team: TeamData }) {
  const remove = useAct(TeamMemberRemoveDocument, 'teamMemberRemove');
  return (
    <Section title="Members" flush>
      {team.members.length === 0 && <EmptyState>Nobody yet.</EmptyState>}
      <RowList label="Members">
        {team.members.map((member) => (
          <Box
            component="li"
            key={member.id}
            sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
          >
            <Box sx={{ flexGrow: 1, minWidth: 160 }}>
              {member.user.name}
              <Typography variant="caption" color="textSecondary" component="div">
                {roleWords[member.role]}, since <Age at={member.addedAt} />
              </Typography>
            </Box>
            {team.viewerCanManage && (
              <Button
                size="small"
                disabled={remove.pending}
                aria-label={`Remove ${member.user.name} as ${roleWords[member.role]}`}
                onClick={() =>
                  void remove.run({ teamId: team.id, userId: member.user.id, role: member.role })
                }
              >
                Remove
              </Button>
            )}
          </Box>
        ))}
      </RowList>
      <Box sx={{ px: 2, pb: 2, pt: 1 }}>
        <ProblemList problems={remove.problems} />
        {team.viewerCanManage && <AddMember team={team} />}
      </Box>
    </Section>
  );
}

const shape = z.object({ userId: z.string(), role: z.enum(['member', 'reviewer', 'responder']) });

function AddMember({ team }: { team: TeamData }) {
  const people = useApi(PeopleChoicesDocument, {}).data?.users.nodes ?? [];
  const act = useAct(TeamMemberAddDocument, 'teamMemberAdd');
  const form = useForm<{ userId: string; role: TeamRole }>({
    defaultValues: { userId: '', role: 'member' },
    resolver: zodResolver(shape),
  });
  return (
    <ActForm
      form={form}
      act={act}
      submit="Add"
      input={(values) => ({ teamId: team.id, ...values })}
      onDone={() => form.reset()}
    >
      <Columns min={150}>
        <ChoiceInput
          name="userId"
          label="Person"
          choices={people.map((person) => ({ value: person.id, label: `${person.name} (${person.email})` }))}
        />
        <ChoiceInput
          name="role"
          label="Role"
          choices={roles.map((value) => ({ value, label: roleWords[value] }))}
        />
      </Columns>
    </ActForm>
  );
}
