import { Trouble } from './say.mjs';
import { tail } from './processes.mjs';

const known = [
  [/No space left on device|ENOSPC/, () => 'the disk is full. Make room and start again.'],
  [/Address already in use|EADDRINUSE|could not bind/, () => 'its port was taken by another program.'],
  [
    /not a valid data directory|not a database cluster directory|invalid checkpoint|could not locate a valid checkpoint|PANIC|lacks valid|meta\.properties|CorruptRecord|incompatible with server|Malformed|could not open file "global|InconsistentClusterId/,
    () => 'its data folder is broken. `npm run reset` drops it; the next start makes a new one.',
  ],
  [/Cannot allocate memory|OutOfMemoryError/, () => 'there is not enough memory.'],
  [/UnsupportedClassVersionError/, () => 'this Java is too old; it needs 17 or newer.'],
];

/** One clear line about a program that did not come up: the reason, where known, and the log's path. */
export function troubleOf(program, whatElse = '') {
  const lines = tail(program.log, 60);
  const text = lines.join('\n');
  const match = known.find(([pattern]) => pattern.test(text));
  const lastError = lines.findLast((line) => /error|fatal|exception/i.test(line)) ?? lines.at(-1);
  const reason =
    match?.[1]() ?? (messageOf(lastError)?.slice(0, 300) || whatElse || program.ended || 'it gave no reason.');
  return new Trouble(`${program.name} did not start: ${reason} Its log: ${program.log}`);
}

/** Our services log JSON; a person reads its message. */
function messageOf(line) {
  try {
    const { err, message } = JSON.parse(line);
    return err?.message ?? message;
  } catch {
    return line?.trim();
  }
}
