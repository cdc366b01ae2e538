export const rollbackHelp = `Usage: holdpoint rollback WORKFLOW --reason TEXT [levers] [scope] [options]

Narrows what is served, at once, and prints acknowledgements as they come. Without levers it shows the recommended one
and what it would do, and asks. WORKFLOW is team.workflow.

Levers, singly or together:
  --disable                switch the workflow off
  --fallback TO            fall back to search, templates or people
  --to RELEASE             go back to a release: its alias, digest or number, or last-good of the stages concerned
  --revert-prompt          go back to the prompts that were last good
  --pin-model VERSION      pin a version of a model config, by its id
  --disable-tool NAME      switch a tool off; may be given several times
  --step STEP              in which step a prompt is reverted or a model pinned; every one unless given

Scope; every stage that serves what is left unless said otherwise:
  --stages A,B             only these stages
  --everywhere             every stage, and whoever is in none
  --segment KEY=VALUE,...  only requests with such an attribute; several must all match

  --reason TEXT            why; kept with the rollback
  --incident NUMBER        join an incident that is not resolved, by its number or id; one is opened unless given
  --yes                    do what is recommended without asking
  --wait SECONDS           how long to wait for acknowledgements; 30 unless given
  --again TEXT             ask again about a rollback whose answer was lost, as that call said; with --wait at most

HOLDPOINT_URL is the registry, HOLDPOINT_KEY an API key of scope narrow.
Exit codes: 0 applied and confirmed by every instance, 1 refused or declined, nothing changed, 2 wrong use, or it could
not be asked, 3 applied, not confirmed by all in time, 4 the answer was lost: it may have been applied.`;
