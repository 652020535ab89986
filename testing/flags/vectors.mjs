import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { FlagdCore } from '@openfeature/flagd-core';
import { written } from './written.mjs';
import { random } from './random.mjs';

const OUT = new URL('../../functions/logic/src/test/resources/flags/vectors.json', import.meta.url);
const NOW = 1_700_000_000_123;
const SILENT = { error() {}, warn() {}, info() {}, debug() {} };
Date.now = () => NOW;

let differ = 0;
const vectors = [...written(), ...random()].map(({ name, key, flag, contexts }) => {
  const cases = [];
  for (const context of contexts.map((some) => JSON.parse(JSON.stringify(some)))) {
    const compiled = ask(key, flag, context, false);
    const interpreted = ask(key, flag, context, true);
    if (compiled.variant !== interpreted.variant || compiled.reason !== interpreted.reason) {
      differ++;
      continue;
    }
    const error = compiled.error === interpreted.error ? compiled.error : 'ANY';
    cases.push([context, compiled.reason, ...(error ? [null, error] : compiled.variant === undefined ? [] : [compiled.variant])]);
  }
  return { ...(name ? { name } : {}), key, flag, cases };
}).filter(({ cases }) => cases.length > 0);

const lines = vectors.map((vector) => JSON.stringify(vector));
writeFileSync(OUT, `{"now":${NOW},"vectors":[\n${lines.join(',\n')}\n]}\n`);

const results = {};
vectors.flatMap(({ cases }) => cases).forEach(([, reason, variant, error]) => {
  const what = error ?? (variant === undefined ? `${reason} without value` : reason);
  results[what] = (results[what] ?? 0) + 1;
});
console.log(`${vectors.length} flags`, results, `left out, as flagd-core differs with itself: ${differ}`);

function ask(key, flag, context, interpreted) {
  const core = new FlagdCore(undefined, SILENT, { disableDynamicCodeGeneration: interpreted });
  core.setConfigurations(JSON.stringify({ flags: { [key]: flag } }));
  const found = core.getFlag(key);
  if (found.state === 'DISABLED') {
    return { reason: core.resolveBooleanEvaluation(key, false, context).reason };
  }
  const { value, variant, reason, errorCode } = found.evaluate(context);
  if (variant !== undefined && !isDeepStrictEqual(value, flag.variants[variant])) {
    throw new Error(`${key}: the value is not that of the variant`);
  }
  return { variant, reason, error: errorCode };
}
