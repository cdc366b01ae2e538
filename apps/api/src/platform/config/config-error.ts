export type ConfigProblem = { variable: string; message: string };

/** The configuration cannot be used. Names every variable at fault and never repeats a value, which may be a secret. */
export class ConfigError extends Error {
  constructor(readonly problems: ConfigProblem[]) {
    const lines = problems.map(({ variable, message }) => `  ${variable}: ${message}`);
    super(`The configuration is not usable:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
  }
}
