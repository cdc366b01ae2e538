const effects: Record<string, string> = {
  initial: 'defines the stage',
  narrows: 'narrows the audience',
  widens: 'widens the audience',
  thins: 'takes checks away',
  neutral: 'leaves audience and checks as they are',
};

/** What a revision does against the one before it. */
export function effectWords(effect: string): string {
  return effects[effect] ?? effect;
}
