import type { Command } from 'commander';
import { stringify } from 'yaml';
import type { ApiClient } from '../api/api.client';
import { tenantApi } from '../keys/keys.controller';
import type { Context } from '../terminal/context.client';
import { Failure } from '../terminal/failure.domain';
import { answerOf } from '../studies/study.client';
import { wholeNumber } from '../terminal/number-option.controller';
import type { Row } from '../terminal/table.domain';
import { readModelFile } from './model-file.client';
import { bandChanges, type PlanResult, planText } from './plan-text.domain';

interface Comparison {
  readonly version: string;
  readonly changes: readonly { readonly sentence: string }[];
}

interface Publications {
  readonly current: string;
  readonly publications: readonly Row[];
}

/** `tenure model list|show|check|plan|publish|rollback`: health models as files, reviewed before they count. */
export function addModelCommands(program: Command, context: Context): void {
  const model = program.command('model').description('health models as files: plan, publish, roll back');
  const api = (): ApiClient => tenantApi(context);
  addReading(model, context, api);
  addPlanning(model, context, api);
  addPublishing(model, context, api);
}

function addReading(model: Command, context: Context, api: () => ApiClient): void {
  model
    .command('list')
    .description('every time a model was put in force, newest first')
    .action(async () => {
      const { current, publications } = await api().get<Publications>('/api/v1/models');
      const columns = ['publication', 'version', 'note', 'publishedBy', 'publishedAt'];
      context.printer().list(columns, publications, `The model that ships, ${current}, is in force.`);
    });
  model
    .command('show')
    .description('a model as a file (YAML), to copy and change')
    .argument('[version]', 'default: the one in force', 'current')
    .action(async (version: string) => {
      const found = await api().get<{ model: Record<string, unknown> }>(
        `/api/v1/models/${encodeURIComponent(version)}`,
      );
      const { version: _version, ...file } = found.model;
      context.printer().result(file, stringify(file).trimEnd());
    });
  model
    .command('check')
    .description('is the file valid, and what would it change')
    .argument('<file>', 'YAML or JSON')
    .action(async (file: string) => {
      const { version, changes } = await compare(api(), file);
      const text =
        changes.length === 0 ? 'Nothing changes.' : changes.map(({ sentence }) => `~ ${sentence}`).join('\n');
      context.printer().result({ version, changes }, `${version} is valid.\n${text}`);
    });
}

function addPlanning(model: Command, context: Context, api: () => ApiClient): void {
  model
    .command('plan')
    .description('what publishing the file would do: bands, ARR, alerts; nothing is changed')
    .argument('<file>', 'YAML or JSON')
    .option('--most-band-changes <n>', 'fail when more accounts change band', wholeNumber(0, 10_000_000))
    .action(async (path: string, { mostBandChanges }: { mostBandChanges?: number }) => {
      const file = await readModelFile(path);
      const { changes } = await compareContent(api(), file);
      const { version } = await api().post<{ version: string }>('/api/v1/models', { model: file });
      const question = `/api/v1/models/${encodeURIComponent(version)}/plan`;
      const plan = await answerOf<PlanResult>(api(), question, {}, (text) => context.printer().note(text));
      context.printer().result({ version, changes, plan }, planText(version, changes, plan));
      if (mostBandChanges !== undefined && bandChanges(plan) > mostBandChanges)
        throw new Failure(`${bandChanges(plan)} accounts change band; at most ${mostBandChanges} were allowed.`);
    });
}

function addPublishing(model: Command, context: Context, api: () => ApiClient): void {
  interface Published {
    readonly publication: number;
    readonly version: string;
    readonly rescoring: number;
  }
  const say = (published: Published) =>
    context
      .printer()
      .result(
        { ...published },
        `${published.version} is in force (publication ${published.publication}); ${published.rescoring} accounts are judged anew.`,
      );
  model
    .command('publish')
    .description('puts the file in force and judges every account anew')
    .argument('<file>', 'YAML or JSON')
    .requiredOption('--note <text>', 'why; it stands in the list of publications')
    .action(async (path: string, { note }: { note: string }) => {
      const file = await readModelFile(path);
      const { version } = await api().post<{ version: string }>('/api/v1/models', { model: file });
      say(await api().post<Published>(`/api/v1/models/${encodeURIComponent(version)}/publish`, { note }));
    });
  model
    .command('rollback')
    .description('puts the model that was in force before in force again')
    .requiredOption('--note <text>', 'why')
    .action(async ({ note }: { note: string }) =>
      say(await api().post<Published>('/api/v1/models/rollback', { note })),
    );
}

async function compare(api: ApiClient, path: string): Promise<Comparison> {
  return compareContent(api, await readModelFile(path));
}

const compareContent = (api: ApiClient, model: unknown): Promise<Comparison> =>
  api.post<Comparison>('/api/v1/models/compare', { model });
