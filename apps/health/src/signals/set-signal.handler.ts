import { Injectable } from '@nestjs/common';
import { type CallerIdentity, Clock, Database, Problem } from '@tenure/platform';
import { settingsErrors, type SignalDefinition, signalNamed, type SignalSettings } from '@tenure/scoring';

import { evaluationDue } from '../evaluation/evaluation.domain';
import { SignalSettingsReadModel } from './signal-settings.read-model';
import { SignalSettingsRepository } from './signal-settings.repository';
import { type SettingsBody, settingsBody } from './signal-catalogue.domain';

/** What a person wants of a signal; null settings: the catalogue's own. */
export interface Wish {
  readonly settings: SignalSettings | null;
  readonly note: string | null;
  /** The version that it was made from; null: whatever is in force. */
  readonly version: number | null;
}

/** Shows and changes how sensitive a signal is, per tenant and segment. Every change is kept, and judged by at once. */
@Injectable()
export class SetSignalHandler {
  constructor(
    private readonly database: Database,
    private readonly settings: SignalSettingsReadModel,
    private readonly repository: SignalSettingsRepository,
    private readonly clock: Clock,
  ) {}

  show(tenant: string, signal: string): Promise<SettingsBody> {
    const definition = known(signal);
    return this.database.read([tenant], async (tx) =>
      settingsBody(definition, await this.settings.versions(tx, tenant, signal)),
    );
  }

  /** Throws `not-found`, `invalid` with all errors by pointer, or `conflict` where somebody was faster. */
  async set(caller: CallerIdentity, signal: string, wish: Wish): Promise<SettingsBody> {
    const definition = known(signal);
    refuse(definition, wish.settings);
    const at = this.clock.now();
    await this.database.write([caller.tenant], async (tx) => {
      const { settings, note } = wish;
      const by = caller.name ?? caller.subject;
      const version = await this.repository.add(tx, caller.tenant, { signal, settings, note, by, at }, wish.version);
      if (version === null)
        throw new Problem('conflict', 'Somebody else changed these settings meanwhile; look again.');
      await this.repository.armAll(tx, caller.tenant, evaluationDue, at);
    });
    return this.show(caller.tenant, signal);
  }
}

/** Throws `not-found`. */
export function known(signal: string): SignalDefinition {
  const definition = signalNamed(signal);
  if (!definition) throw new Problem('not-found', `There is no signal ${signal}.`);
  return definition;
}

/** Throws `invalid` with everything that is wrong. */
export function refuse(definition: SignalDefinition, settings: SignalSettings | null): void {
  const errors = settings ? settingsErrors(definition, settings) : [];
  const [first] = errors;
  if (!first) return;
  throw new Problem('invalid', first.detail, {
    pointer: first.pointer,
    errors: errors.map((error) => ({ ...error, code: 'invalid' })),
  });
}
