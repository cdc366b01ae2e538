import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isAllowedHost } from '../../apps/api/src/platform/http/allowed-host.js';
import { mayChangeState } from '../../apps/api/src/platform/http/content-type.js';
import { createLogger } from '../../apps/api/src/platform/http/logger.js';
import { redact } from '../../apps/api/src/platform/http/redact.js';
import { requestIdOf } from '../../apps/api/src/platform/http/request-id.js';

describe('logs', () => {
  const secret = 'kept-to-ourselves';

  test.each([
    'password',
    'newPassword',
    'token',
    'sessionToken',
    'authorization',
    'cookie',
    'set-cookie',
    'apiKey',
  ])('a value named %s never reaches a log line, however deep', (name) => {
    const line = JSON.stringify(redact({ request: [{ headers: { [name]: secret } }] }));
    expect(line).not.toContain(secret);
    expect(line).toContain(name);
  });

  test('what is not a secret stays as it is', () => {
    const about = { reqId: 'r-1', status: 200, path: '/x', at: new Date(0), tokensIn: 12, none: null };
    expect(redact(about)).toEqual(about);
  });

  test('a login inside a database address is hidden, in errors and their causes too', () => {
    const cause = new Error('no route to postgres://app:hunter2@db:5432/x');
    const said = JSON.stringify(redact({ err: new Error('cannot connect', { cause }) }));
    expect(said).not.toContain('hunter2');
    expect(said).toContain('db:5432');
  });

  test('something that contains itself does not stop the log', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(JSON.stringify(redact(loop))).toContain('[deep]');
  });

  test('a line is JSON with a level, a time and the message', () => {
    const lines: string[] = [];
    createLogger('info', { write: (line) => void lines.push(line) }).info({ password: secret }, 'hello');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', msg: 'hello', password: '[hidden]' });
  });
});

describe('request ids', () => {
  test('a sane id is kept', () => {
    expect(requestIdOf('build-1234:step.5', () => 'new')).toBe('build-1234:step.5');
  });

  test('whatever else is sent is replaced', () => {
    const odd = fc
      .string({ unit: 'binary', maxLength: 200 })
      .filter((text) => !/^[A-Za-z0-9._:-]{8,100}$/.test(text));
    fc.assert(fc.property(odd, (text) => requestIdOf(text, () => 'new') === 'new'));
    expect(requestIdOf(undefined, () => 'new')).toBe('new');
    expect(requestIdOf(['one-of-two', 'two-of-two'], () => 'new')).toBe('new');
  });
});

describe('requests from other sites', () => {
  test.each(['text/plain', 'text/plain; charset=utf-8', 'multipart/form-data; boundary=x', 'TEXT/PLAIN'])(
    'a form of another site cannot send %s',
    (type) => expect(mayChangeState('POST', type, true)).toBe(false),
  );

  test('JSON, uploads and requests without a body pass; reading always does', () => {
    expect(mayChangeState('POST', 'application/json', true)).toBe(true);
    expect(mayChangeState('POST', 'application/octet-stream', true)).toBe(true);
    expect(mayChangeState('POST', undefined, false)).toBe(true);
    expect(mayChangeState('POST', undefined, true)).toBe(false);
    expect(mayChangeState('GET', 'text/plain', true)).toBe(true);
  });

  test.each([
    ['localhost:4000', true],
    ['127.0.0.1:4000', true],
    ['[::1]:4000', true],
    ['evil.example:4000', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['', false],
  ])('a server of this machine alone, asked as %s: %s', (host, allowed) => {
    expect(isAllowedHost(host, '127.0.0.1', null)).toBe(allowed);
  });

  test('a server with a public address leaves the name to its proxy', () => {
    expect(isAllowedHost('holdpoint.example.com', '127.0.0.1', 'https://holdpoint.example.com')).toBe(true);
    expect(isAllowedHost('10.0.0.7:4000', '0.0.0.0', null)).toBe(true);
  });
});
