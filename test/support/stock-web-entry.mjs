// What a page without our SDK loads: OpenFeature's own packages and nothing of ours. Bundled by stock-web-page.ts.
import { OpenFeature, ProviderEvents } from '@openfeature/web-sdk';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';

const client = OpenFeature.getClient();
let changes = 0;
OpenFeature.addHandler(ProviderEvents.ConfigurationChanged, () => (changes += 1));

globalThis.stock = {
  async start({ baseUrl, secret, context, ...options }) {
    await OpenFeature.setContext(context);
    const headers = [['Authorization', `Bearer ${secret}`]];
    await OpenFeature.setProviderAndWait(new OFREPWebProvider({ baseUrl, headers, ...options }));
  },
  setContext: (context) => OpenFeature.setContext(context),
  details(type, key, otherwise) {
    if (type === 'boolean') return client.getBooleanDetails(key, otherwise);
    if (type === 'string') return client.getStringDetails(key, otherwise);
    return client.getObjectDetails(key, otherwise);
  },
  changes: () => changes,
};
