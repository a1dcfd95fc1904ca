import { CaptureItemsHandler, LiveStores } from './capture-items.handler';
import { ForgetLiveJob } from './forget-live.job';
import { LiveController } from './live.controller';
import { LiveReadModel } from './live.read-model';
import { LiveRepository } from './live.repository';
import { WatchSourceHandler, WatchStores } from './watch-source.handler';
import { WatchesRepository } from './watches.repository';

/** The last events of a source, while somebody watches. */
export const live = {
  controllers: [LiveController],
  providers: [
    CaptureItemsHandler,
    ForgetLiveJob,
    LiveReadModel,
    LiveRepository,
    LiveStores,
    WatchesRepository,
    WatchSourceHandler,
    WatchStores,
  ],
};
