import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import type { Study, StudyWork } from './study.domain';

/** Makes what works a study of this kind out; `now` is the instant that all of it is as of. */
export type StudyBeginning = (tx: Tx, tenant: string, question: never, now: Date) => Promise<StudyWork>;

/** Which kinds of studies there are: whoever offers one registers it when the service starts. */
@Injectable()
export class StudyKinds {
  private readonly kinds = new Map<string, StudyBeginning>();

  register(kind: string, begin: StudyBeginning): void {
    this.kinds.set(kind, begin);
  }

  begin(tx: Tx, tenant: string, study: Study, now: Date): Promise<StudyWork> {
    const begin = this.kinds.get(study.kind);
    if (!begin) throw new Error(`Nobody works out studies of the kind ${study.kind}`);
    return begin(tx, tenant, study.question as never, now);
  }
}
