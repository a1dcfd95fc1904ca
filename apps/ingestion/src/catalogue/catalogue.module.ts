import { CatalogueController } from './catalogue.controller';
import { CatalogueReadModel } from './catalogue.read-model';
import { CatalogueRepository } from './catalogue.repository';
import { ForgetDaysJob } from './forget-days.job';
import { GivePlacesHandler } from './give-places.handler';
import { LearnFrom, LearnNamesHandler } from './learn-names.handler';
import { ReadCatalogueHandler } from './read-catalogue.handler';

/** The names that usage comes with. */
export const catalogue = {
  controllers: [CatalogueController],
  providers: [
    CatalogueReadModel,
    CatalogueRepository,
    ForgetDaysJob,
    GivePlacesHandler,
    LearnFrom,
    LearnNamesHandler,
    ReadCatalogueHandler,
  ],
};
