import { Injectable } from '@nestjs/common';

import { SourcesReadModel } from '../sources/sources.read-model';
import { ImportsReadModel } from './imports.read-model';
import { ImportsRepository } from './imports.repository';

/** Where imports are written and read. */
@Injectable()
export class ImportStores {
  constructor(
    readonly repository: ImportsRepository,
    readonly jobs: ImportsReadModel,
    readonly sources: SourcesReadModel,
  ) {}
}
