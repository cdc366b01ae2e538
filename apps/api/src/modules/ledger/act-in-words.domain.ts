/** `contract_draft.saved` → `Contract draft saved`. Acts are named so that this reads well. */
export function actInWords(act: string): string {
  const words = act
    .replaceAll(/[._]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
