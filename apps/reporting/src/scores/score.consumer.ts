import { type Envelope, type HealthScoreChanged, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';
import { ProjectScoresHandler } from './project-scores.handler';

@Consumers()
export class ScoreConsumer {
  constructor(private readonly project: ProjectScoresHandler) {}

  @Consume(topics.healthScores)
  scores(batch: readonly Envelope<HealthScoreChanged>[], { tx }: BatchContext): Promise<void> {
    return this.project.handle(tx, batch);
  }
}
