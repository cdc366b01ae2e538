import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ListBase, useListContext } from 'react-admin';
import { PromotionTabsDocument, type PromotionListQuery } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { Age } from '../ui/age.js';
import { ListBody } from '../ui/list-body.js';
import { ListTabs } from '../ui/list-tabs.js';
import { Page } from '../ui/page.js';
import { RowList } from '../ui/row-list.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { promotionKinds, promotionStates } from './promotion-words.js';

type Row = PromotionListQuery['promotions']['nodes'][number];

export function PromotionList() {
  return (
    <ListBase resource="promotions" perPage={25} filterDefaultValues={{ state: 'open' }}>
      <Page title="Promotions">
        <PromotionTabs />
        <Paper variant="outlined">
          <ListBody empty="No promotion here. They are requested from a release or a workflow.">
            <Rows />
          </ListBody>
        </Paper>
      </Page>
    </ListBase>
  );
}

function PromotionTabs() {
  const counts = useApi(PromotionTabsDocument, {}).data;
  return (
    <ListTabs
      label="Promotions"
      tabs={[
        { label: 'Open', count: counts?.open.totalCount, filter: { state: 'open' } },
        { label: 'Waiting for me', count: counts?.waiting.totalCount, filter: { waitingForMe: true } },
        { label: 'All', count: counts?.all.totalCount, filter: {} },
      ]}
    />
  );
}

function Rows() {
  const { data = [] } = useListContext<Row>();
  return (
    <RowList label="Promotions">
      {data.map((promotion) => (
        <Box
          component="li"
          key={promotion.id}
          sx={{
            display: 'grid',
            gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: '110px minmax(0,1fr) auto' },
            columnGap: 2,
            rowGap: 0.5,
          }}
        >
          <div>
            <ToneChip tone={promotionStates[promotion.state].tone}>
              {promotionStates[promotion.state].word}
            </ToneChip>
          </div>
          <div>
            <TextLink to={`/promotions/${promotion.id}`}>
              {promotion.workflow.name}: {promotionKinds[promotion.kind].word.toLowerCase()} #
              {promotion.release.number} to {wordOfStage(promotion.toStageKey)}
            </TextLink>
            <Typography variant="body2" color="textSecondary">
              {promotion.currentApprovals} of {promotion.requiredApprovals} approvals, requested by{' '}
              {promotion.requestedBy.name}
            </Typography>
          </div>
          <Typography variant="caption" color="textSecondary">
            <Age at={promotion.closedAt ?? promotion.createdAt} />
          </Typography>
        </Box>
      ))}
    </RowList>
  );
}
