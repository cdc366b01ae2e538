import { useState } from 'react';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Box from '@mui/material/Box';
import { ReadinessAtDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { WaitsForList } from '../promotions/waits-for-list.js';
import { GateList } from '../ui/gate-list.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { occupiedKeys } from './occupied-keys.js';
import type { ReleaseData } from './release-screen.js';

/** The gates of this release for any stage. */
export function ReleaseReadiness({ release }: { release: ReleaseData }) {
  const stages = release.workflow.stages;
  const next =
    stages.find(({ key }) => !occupiedKeys(release).includes(key))?.key ?? stages[0]?.key ?? 'internal';
  const [stage, setStage] = useState(next);
  const query = useApi(ReadinessAtDocument, { releaseId: release.id, stage }, { keepPrevious: true });
  return (
    <Section title="Readiness by stage" flush>
      <Tabs
        value={stage}
        onChange={(_, value: string) => setStage(value)}
        aria-label="Stage"
        variant="scrollable"
        scrollButtons={false}
        sx={{ px: 1 }}
      >
        {stages.map(({ key, current }) => (
          <Tab key={key} value={key} label={current.name} id={`ready-${key}`} aria-controls="ready-panel" />
        ))}
      </Tabs>
      <Box role="tabpanel" id="ready-panel" aria-labelledby={`ready-${stage}`}>
        <Loaded query={query}>
          {({ readiness }) => (
            <>
              <Box sx={{ p: 2 }}>
                <WaitsForList id={`waits-${stage}`} readiness={readiness} />
              </Box>
              <GateList key={stage} gates={readiness.gates} />
            </>
          )}
        </Loaded>
      </Box>
    </Section>
  );
}
