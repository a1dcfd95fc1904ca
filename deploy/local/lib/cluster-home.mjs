import { createHash } from 'node:crypto';
import { join } from 'node:path';

/**
 * Where PostgreSQL lives if the user it runs as cannot reach `dir` (a clone below /root): in /var/tmp, under a name made
 * from `dir`, with a copy of its programs.
 */
export const clusterHome = (dir) =>
  join('/var/tmp', `tenure-postgres-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`);
