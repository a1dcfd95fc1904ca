import { ForgetImportsJob } from './forget-imports.job';
import { ImportFileHandler } from './import-file.handler';
import { ImportStores } from './import-stores.handler';
import { ImportsController } from './imports.controller';
import { ImportsReadModel } from './imports.read-model';
import { ImportsRepository } from './imports.repository';
import { ListImportsHandler } from './list-imports.handler';
import { PreviewFileHandler } from './preview-file.handler';
import { TakeRowsHandler } from './take-rows.handler';

/** What the folder brings into the service. */
export const imports = {
  controllers: [ImportsController],
  providers: [
    ForgetImportsJob,
    ImportFileHandler,
    ImportStores,
    ImportsReadModel,
    ImportsRepository,
    ListImportsHandler,
    PreviewFileHandler,
    TakeRowsHandler,
  ],
};
