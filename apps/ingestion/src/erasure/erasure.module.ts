import { ErasureReportsConsumer } from './erasure-reports.consumer';
import { ErasuresController } from './erasures.controller';
import { ErasuresReadModel } from './erasures.read-model';
import { ErasuresRepository } from './erasures.repository';
import { RequestErasureHandler } from './request-erasure.handler';

/** What the folder brings into the service. */
export const erasure = {
  controllers: [ErasuresController],
  providers: [ErasureReportsConsumer, ErasuresReadModel, ErasuresRepository, RequestErasureHandler],
};
