import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isLoopbackHost } from '../config/loopback.js';
import { isPublicAddress } from '../http/public-address.js';
import { PushRefused } from './push-refused.js';

const patienceMs = 10_000;

interface Delivery {
  number: number;
  line: string;
  /** Whether this machine itself may be asked, without TLS: in tests alone. */
  loopback: boolean;
}

/** Whether a connection may be made there: looked at when it is made, not when the name was configured. */
const mayConnect = (address: string, loopback: boolean) =>
  isPublicAddress(address) || (loopback && isLoopbackHost(address));

/** Resolves names as the system does, and refuses those that lead into a private network. */
const guardedLookup = (loopback: boolean): LookupFunction => {
  return (host, options, done) => {
    systemLookup(host, { ...options, all: true }, (error, found) => {
      const addresses: LookupAddress[] = error ? [] : found;
      const refused = addresses.find(({ address }) => !mayConnect(address, loopback));
      const [first] = addresses;
      if (error) done(error, '', 0);
      else if (refused || !first) done(privateAddress(), '', 0);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
};

const privateAddress = () => new PushRefused('it leads to a private address');

/**
 * Posts a checkpoint. Whatever is not a 2xx is a failure; redirects are not followed. The receiver knows a repetition by
 * its `Idempotency-Key`, the checkpoint's number.
 * @throws PushRefused, or the connection's error
 */
export function postTo(url: URL, { number, line, loopback }: Delivery): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol !== 'https:' && !(loopback && isLoopbackHost(host)))
    return Promise.reject(new PushRefused('it is not an https address'));
  // An address needs no lookup that could refuse it.
  if (isIP(host) !== 0 && !mayConnect(host, loopback)) return Promise.reject(privateAddress());
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(
      url,
      {
        method: 'POST',
        lookup: guardedLookup(loopback),
        agent: false,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(line),
          'idempotency-key': String(number),
          'user-agent': 'holdpoint',
        },
      },
      (answer) => {
        const status = answer.statusCode ?? 0;
        answer.destroy();
        if (status >= 200 && status < 300) resolve();
        else reject(new PushRefused(`it answered ${String(status)}`));
      },
    );
    const impatient = setTimeout(
      () => outgoing.destroy(new PushRefused(`no answer in ${String(patienceMs / 1000)} s`)),
      patienceMs,
    );
    outgoing.once('close', () => {
      clearTimeout(impatient);
    });
    outgoing.once('error', reject);
    outgoing.end(line);
  });
}
