import { QueryClient } from '@tanstack/react-query';
import { Admin, CustomRoutes, Resource, localStorageStore } from 'react-admin';
import { BrowserRouter, Route } from 'react-router-dom';
import { dataProvider } from '../api/data-provider.js';
import { HomePage } from '../home/home-page.js';
import { FirstAdministrator } from '../setup/first-administrator.js';
import { ResetPassword } from '../setup/reset-password.js';
import { SignIn } from '../setup/sign-in.js';
import { authProvider } from './auth-provider.js';
import { NotFound } from './not-found.js';
import * as pages from './pages.js';
import { Shell } from './shell.js';
import { darkTheme, lightTheme } from './theme.js';

/**
 * What was read stays fresh until a live update says otherwise; the minute is for when that connection is lost. A device
 * without a network asks all the same: otherwise nothing would fail, and nothing would say that what is shown is old.
 */
const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 60_000, refetchOnWindowFocus: true, networkMode: 'always' } },
});
const store = localStorageStore('1', 'holdpoint');

export function App() {
  return (
    <BrowserRouter>
      <Admin
        dataProvider={dataProvider}
        authProvider={authProvider}
        queryClient={queryClient}
        store={store}
        layout={Shell}
        loginPage={SignIn}
        dashboard={HomePage}
        catchAll={NotFound}
        lightTheme={lightTheme}
        darkTheme={darkTheme}
        title="Holdpoint"
        requireAuth
        disableTelemetry
      >
        <CustomRoutes noLayout>
          <Route path="/setup" element={<FirstAdministrator />} />
          <Route path="/reset" element={<ResetPassword />} />
        </CustomRoutes>
        <Resource name="workflows" list={pages.WorkflowList} />
        <Resource name="promotions" list={pages.PromotionList} />
        <Resource name="prompts" list={pages.PromptList} />
        <Resource name="models" list={pages.ModelList} />
        <Resource name="teams" list={pages.TeamList} />
        <CustomRoutes>
          <Route path="/workflows/new" element={<pages.WorkflowNew />} />
          <Route path="/workflows/:workflowId/*" element={<pages.WorkflowPages />} />
          <Route path="/live/:workflow" element={<pages.LivePage />} />
          <Route path="/live/:workflow/rollbacks/:number" element={<pages.ProgressPage />} />
          <Route path="/promotions/:promotionId" element={<pages.PromotionPage />} />
          <Route path="/break-glass/:useId" element={<pages.BreakGlassPage />} />
          <Route path="/prompts/new" element={<pages.PromptNew />} />
          <Route path="/prompts/:promptId" element={<pages.PromptPage />} />
          <Route path="/prompts/:promptId/new" element={<pages.PromptVersionNew />} />
          <Route path="/models/new" element={<pages.ModelNew />} />
          <Route path="/models/:modelId" element={<pages.ModelPage />} />
          <Route path="/models/:modelId/new" element={<pages.ModelVersionNew />} />
          <Route path="/teams/:teamId" element={<pages.TeamPage />} />
          <Route path="/keys" element={<pages.KeysPage />} />
          <Route path="/ledger" element={<pages.LedgerBrowser />} />
          <Route path="/ledger/:entryId" element={<pages.EntryPage />} />
          <Route path="/ledger-export" element={<pages.LedgerExportPage />} />
          <Route path="/as-of" element={<pages.AsOfPage />} />
          <Route path="/as-of/:workflowId/:stageKey" element={<pages.StageAtPage />} />
          <Route path="/account" element={<pages.AccountPage />} />
          <Route path="/organisation" element={<pages.OrganisationPage />} />
          <Route path="/organisation/checks/:checkId" element={<pages.OrganisationCheckPage />} />
        </CustomRoutes>
      </Admin>
    </BrowserRouter>
  );
}
