export interface SecretFinding {
  kind: string;
  /** From 1; in a chat prompt, counted through all messages. */
  line: number;
}

/** Common shapes of secrets, from the formats that their issuers document. */
const shapes: readonly { kind: string; pattern: RegExp }[] = [
  { kind: 'aws_access_key', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b/ },
  { kind: 'private_key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { kind: 'jwt', pattern: /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/ },
  { kind: 'bearer_token', pattern: /\bbearer\s+[A-Za-z0-9._~+/=-]{20,}/i },
  { kind: 'anthropic_key', pattern: /\bsk-ant-[A-Za-z0-9_-]{20,}/ },
  { kind: 'openai_key', pattern: /\bsk-(?!ant-)(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}/ },
  { kind: 'google_api_key', pattern: /\bAIza[0-9A-Za-z_-]{35}/ },
  { kind: 'github_token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})/ },
  { kind: 'gitlab_token', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { kind: 'slack_token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  { kind: 'stripe_key', pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/ },
  { kind: 'hugging_face_token', pattern: /\bhf_[A-Za-z0-9]{30,}/ },
  { kind: 'npm_token', pattern: /\bnpm_[A-Za-z0-9]{36}/ },
  {
    kind: 'url_password',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@{}]{1,100}:(?!\{\{)[^\s:/@{}]{3,100}@/i,
  },
  {
    kind: 'assigned_secret',
    // A placeholder, a star or an angle bracket after the sign is somebody showing the form, not a secret.
    pattern:
      /\b(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret)["']?\s*(?:=|:)\s*["']?(?!\{\{|<|\*|\$\{)(?=[^\s"',;]*[0-9!@#$%^&+/=_-])[^\s"',;]{8,}/i,
  },
];

/** Kinds and lines of what looks like a secret; never the secret itself. */
export function scanForSecrets(text: string): SecretFinding[] {
  return text
    .split(/\r\n|\n|\r/)
    .flatMap((line, index) =>
      shapes.filter(({ pattern }) => pattern.test(line)).map(({ kind }) => ({ kind, line: index + 1 })),
    );
}
