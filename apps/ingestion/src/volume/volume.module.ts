import { CountVolumeHandler } from './count-volume.handler';
import { JudgeSourcesHandler } from './judge-sources.handler';
import { JudgeSourcesJob } from './judge-sources.job';
import { ReadVolumeHandler } from './read-volume.handler';
import { VolumeController } from './volume.controller';
import { VolumeReadModel } from './volume.read-model';
import { VolumeRepository } from './volume.repository';

/** What sources send, and whether that is as usual. */
export const volume = {
  controllers: [VolumeController],
  providers: [
    CountVolumeHandler,
    JudgeSourcesHandler,
    JudgeSourcesJob,
    ReadVolumeHandler,
    VolumeReadModel,
    VolumeRepository,
  ],
};
