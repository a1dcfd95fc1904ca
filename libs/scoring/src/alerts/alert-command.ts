import type { Instant } from '../time/day';
import type { AlertCommand, AlertState, CommandResult } from './alert';

/** What a person does to an alert; impossible ones come back as an error, never as an exception. */
export function alertCommand(_alert: AlertState, _command: AlertCommand, _now: Instant): CommandResult {
  throw new Error('in work');
}
