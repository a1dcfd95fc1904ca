import { AdmitRequestGuard } from './admit-request.guard';
import { IntakeCounts } from './intake-counts.handler';
import { LimitIntakeHandler } from './limit-intake.handler';
import { SourceSettingsController } from './source-settings.controller';
import { SettingsStores, SourceSettingsHandler } from './source-settings.handler';
import { SourceSettingsReadModel } from './source-settings.read-model';
import { SourceSettingsRepository } from './source-settings.repository';

/** How much comes in, and what is set for a source. */
export const limits = {
  controllers: [SourceSettingsController],
  providers: [
    AdmitRequestGuard,
    IntakeCounts,
    LimitIntakeHandler,
    SettingsStores,
    SourceSettingsHandler,
    SourceSettingsReadModel,
    SourceSettingsRepository,
  ],
};
