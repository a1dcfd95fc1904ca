import { Injectable } from '@nestjs/common';

/** The time, as an argument: nothing in a service reads the machine's clock any other way. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
