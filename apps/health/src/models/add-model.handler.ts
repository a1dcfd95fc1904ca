import { Injectable } from '@nestjs/common';
import { type CallerIdentity, Clock, Database, Problem, type Tx } from '@tenure/platform';
import { type Model, parseModel } from '@tenure/scoring';

import { ModelReadModel } from './model.read-model';
import { PublicationRepository } from './publication.repository';

/** Checks a model file: all its errors at once, each with a pointer. Throws `Problem('invalid')`. */
export function checkedModel(file: unknown): Model {
  const parsed = parseModel(file);
  if (parsed.ok) return parsed.model;
  const errors = parsed.errors.map(({ pointer, detail }) => ({ code: 'model', pointer: `/model${pointer}`, detail }));
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new Problem('invalid', `The model is not valid: ${first?.detail ?? ''}${more}`, {
    pointer: first?.pointer ?? '/model',
    errors,
  });
}

/** Keeps a model file under its version; nothing is scored with it until it is published. */
@Injectable()
export class AddModelHandler {
  constructor(
    private readonly database: Database,
    private readonly models: ModelReadModel,
    private readonly repository: PublicationRepository,
    private readonly clock: Clock,
  ) {}

  /** The same content again is the same version. Throws `conflict` where name and number belong to another content. */
  add(caller: CallerIdentity, file: unknown): Promise<Model> {
    const model = checkedModel(file);
    return this.database.write([caller.tenant], async (tx) => {
      await this.refuseSecondContent(tx, caller.tenant, model);
      const deed = { by: caller.name, at: this.clock.now() };
      await this.repository.add(tx, caller.tenant, model, deed);
      return model;
    });
  }

  private async refuseSecondContent(tx: Tx, tenant: string, model: Model): Promise<void> {
    const held = await this.models.versionOf(tx, tenant, model.name, model.number);
    if (held === undefined || held === model.version) return;
    const detail = `${model.name} number ${model.number} is ${held} already: give the changed model the next number.`;
    throw new Problem('conflict', detail, { pointer: '/model/number' });
  }
}
