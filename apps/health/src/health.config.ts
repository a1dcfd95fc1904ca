import { FromEnv, ServiceConfig } from '@tenure/platform';
import { IsInt, IsUrl, Min } from 'class-validator';

/** What health reads from the environment beside the platform's fields. */
export class HealthConfig extends ServiceConfig {
  /** Accounts whose history is kept in memory; one of a year with 25 users takes some 200 KB. */
  @FromEnv('HEALTH_HOT_ACCOUNTS', '2000')
  @IsInt()
  @Min(1)
  hotAccounts!: number;

  /** Where people open the console; links of alerts start with it. */
  @FromEnv('TENURE_CONSOLE_URL', 'http://localhost:4000')
  @IsUrl({ require_tld: false, require_protocol: true }, { message: 'an address like https://tenure.example.com' })
  consoleUrl!: string;
}
