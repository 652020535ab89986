import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OpenFeature } from '@openfeature/server-sdk';

const [baseUrl, flag, targetingKey, plan] = process.argv.slice(2);

await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl }));
const { value, variant, reason, errorCode, flagMetadata } = await OpenFeature.getClient().getBooleanDetails(flag, true, { targetingKey, plan });
console.log(value, variant, reason, errorCode, flagMetadata.millrace_revision);
await OpenFeature.close();
