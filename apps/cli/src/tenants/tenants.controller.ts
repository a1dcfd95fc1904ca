import type { Command } from 'commander';
import { ApiClient } from '../api/api.client';
import { required } from '../terminal/failure.domain';
import type { Context } from '../terminal/context.client';

interface CreatedTenant {
  readonly tenantId: string;
  readonly signInLink: string;
  readonly apiKey: string;
  readonly writeKey: string | null;
}

/** `tenure tenant create` */
export function addTenantCommands(program: Command, context: Context): void {
  const tenant = program.command('tenant').description('make tenants (needs the operator token)');
  tenant
    .command('create')
    .description('make a tenant, its first admin and its first keys; secrets are printed once')
    .argument('<name>', 'what the tenant is called')
    .requiredOption('--admin <email>', 'the first admin')
    .option('--id <id>', 'the tenant id (a-z, 0-9, -); made from the name by default')
    .action(async (name: string, options: { admin: string; id?: string }) => {
      const { url, operatorToken } = context.options();
      const token = required(operatorToken, '--operator-token', 'TENURE_OPERATOR_TOKEN');
      const body = { name, adminEmail: options.admin, ...(options.id === undefined ? {} : { id: options.id }) };
      const created = await new ApiClient({ url, token }).post<CreatedTenant>('/operator/v1/tenants', body);
      context.printer().result({ ...created }, asText(created));
      if (created.writeKey === null) {
        context.printer().note('Ingestion did not answer, so there is no write key yet: tenure sources create NAME');
      }
    });
}

function asText({ tenantId, signInLink, apiKey, writeKey }: CreatedTenant): string {
  const lines = [`Tenant      ${tenantId}`, `Sign in     ${signInLink}`, `API key     ${apiKey}`];
  return [...lines, `Write key   ${writeKey ?? '-'}`, 'This is shown once. The link is good once, for 24 hours.'].join(
    '\n',
  );
}
