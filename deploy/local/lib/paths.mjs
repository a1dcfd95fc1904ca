import { join, resolve } from 'node:path';

/** The repository's root. */
export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..');

/** All local state: `npm run reset` drops it. */
export const dataDir = resolve(process.env.TENURE_DATA ?? join(root, '.data'));

/** Kafka's jars: fetched once, no state, so they survive a reset and serve the tests too. */
export const jarsDir = join(root, '.data', 'kafka', 'jars');

export const logFile = (dir, name) => join(dir, 'logs', `${name}.log`);
