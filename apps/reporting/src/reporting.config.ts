import { FromEnv, ServiceConfig } from '@tenure/platform';
import { IsInt, Min } from 'class-validator';

/** What reporting reads from the environment beside the platform's fields. */
export class ReportingConfig extends ServiceConfig {
  /** A quiet live connection is kept open by a comment this often. */
  @FromEnv('LIVE_HEARTBEAT_MS', '15000')
  @IsInt()
  @Min(100)
  liveHeartbeatMs!: number;

  /** A live connection ends after this time; the browser opens a new one, with a session that is checked again. */
  @FromEnv('LIVE_CONNECTION_MS', '600000')
  @IsInt()
  @Min(1_000)
  liveConnectionMs!: number;
}
