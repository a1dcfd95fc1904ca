import { Option, type Command } from 'commander';
import { tenantApi } from '../keys/keys.controller';
import { answerOf } from '../studies/study.client';
import type { Context } from '../terminal/context.client';
import { type ReportResult, reportText } from './report-text.domain';

/** `tenure backtest`: a model against the tenant's own past. */
export function addBacktestCommand(program: Command, context: Context): void {
  program
    .command('backtest')
    .description('holds a model against the past, with what was known then (a leader’s API key)')
    .addOption(new Option('--subject <subject>', 'what is tested').choices(['churn', 'score']).default('churn'))
    .option('--version <version>', 'default: churn learned on the time before, or the health model in force')
    .addOption(new Option('--step-days <days>', 'between two looks').choices(['7', '28']).default('28'))
    .action(async ({ subject, version, stepDays }: { subject: string; version?: string; stepDays: string }) => {
      const question = { subject, stepDays: Number(stepDays), ...(version !== undefined && { version }) };
      const told = (text: string) => context.printer().note(text);
      const report = await answerOf<ReportResult>(tenantApi(context), '/api/v1/backtests', question, told);
      context.printer().result({ ...report }, reportText(report));
    });
}
