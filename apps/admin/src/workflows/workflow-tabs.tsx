import { WorkflowTabsDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { ListTabs } from '../ui/list-tabs.js';

export function WorkflowTabs() {
  const counts = useApi(WorkflowTabsDocument, {}).data;
  return (
    <ListTabs
      label="Ready-made views"
      tabs={[
        { label: 'All', count: counts?.all.totalCount, filter: {} },
        { label: 'Mine', count: counts?.mine.totalCount, filter: { mine: true } },
        { label: 'In promotion', count: counts?.inPromotion.totalCount, filter: { inPromotion: true } },
        { label: 'Live in General', count: counts?.general.totalCount, filter: { liveIn: 'general' } },
      ]}
    />
  );
}
