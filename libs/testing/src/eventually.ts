import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats `attempt` until it answers without throwing, and answers what it answered. Throws its last error after
 * `timeoutMs` (default 60 s: a busy machine is no failure). For what happens in another process; expectations go inside.
 */
export async function eventually<T>(
  attempt: () => T | Promise<T>,
  { timeoutMs = 60_000, everyMs = 50 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await sleep(everyMs);
    }
  }
}
