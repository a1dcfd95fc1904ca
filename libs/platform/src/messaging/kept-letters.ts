import { Injectable } from '@nestjs/common';

import { ErasedPeople } from '../erasure/erased-people';
import { DeadLettersRepository } from './dead-letters.repository';

/** Where dead letters are kept, and who must not stand in them. */
@Injectable()
export class KeptLetters {
  constructor(
    readonly repository: DeadLettersRepository,
    readonly erased: ErasedPeople,
  ) {}
}
