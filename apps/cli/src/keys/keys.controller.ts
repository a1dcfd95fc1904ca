import { roles } from '@tenure/contracts';
import { Argument, Option, type Command } from 'commander';
import { ApiClient } from '../api/api.client';
import type { Context } from '../terminal/context.client';
import { required } from '../terminal/failure.domain';
import type { Row } from '../terminal/table.domain';

/** `tenure keys list|create|revoke` */
export function addKeyCommands(program: Command, context: Context): void {
  const keys = program.command('keys').description('API keys of your tenant (needs an admin’s API key)');
  const api = (): ApiClient => tenantApi(context);
  keys.command('list').action(async () => {
    const { items } = await api().get<{ items: Row[] }>('/api/v1/api-keys');
    const columns = ['id', 'name', 'role', 'prefix', 'createdAt', 'lastUsedAt'];
    context.printer().list(columns, items, 'No API keys.');
  });
  keys
    .command('create')
    .argument('<name>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may do').choices([...roles]).default('viewer'))
    .action(async (name: string, { role }: { role: string }) => {
      const created = await api().post<{ id: string; key: string }>('/api/v1/api-keys', { name, role });
      context.printer().result({ ...created }, `${created.key}\nThis is shown once. Its id is ${created.id}.`);
    });
  keys
    .command('revoke')
    .addArgument(new Argument('<id>', 'as the list shows it'))
    .action(async (id: string) => {
      await api().delete(`/api/v1/api-keys/${encodeURIComponent(id)}`);
      context.printer().result({ id, revoked: true }, `Revoked ${id}; nothing accepts it after five seconds.`);
    });
}

export function tenantApi(context: Context): ApiClient {
  const { url, apiKey } = context.options();
  return new ApiClient({ url, token: required(apiKey, '--api-key', 'TENURE_API_KEY') });
}
