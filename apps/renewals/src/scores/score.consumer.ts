import { type Envelope, type HealthScoreChanged, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';
import { KeepScoresHandler } from './keep-scores.handler';

/** Health scores, for the probability of renewals. */
@Consumers()
export class ScoreConsumer {
  constructor(private readonly keep: KeepScoresHandler) {}

  @Consume(topics.healthScores)
  changes(batch: readonly Envelope<HealthScoreChanged>[], context: BatchContext): Promise<void> {
    return this.keep.handle(batch, context);
  }
}
