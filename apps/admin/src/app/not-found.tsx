import { EmptyState } from '../ui/empty-state.js';
import { LinkButton } from '../ui/link-button.js';
import { Page } from '../ui/page.js';

/** Also what a restricted workflow looks like to those who may not see it. */
export function NotFound() {
  return (
    <Page title="Not found">
      <EmptyState action={<LinkButton to="/">Go home</LinkButton>}>
        There is nothing at this address, or it is not shared with you.
      </EmptyState>
    </Page>
  );
}
