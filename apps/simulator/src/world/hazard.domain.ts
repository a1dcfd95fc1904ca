import type { Account, World } from './account.domain';
import type { Day } from './calendar.domain';
import { type LatentHealth, healthOn, meanHealth, sigmoid } from './latent-health.domain';
import { randomOf } from './random.domain';

/** A renewal's decision: the true probability to leave, the part of it that nothing observable shows, and what was drawn. */
export interface Decision {
  readonly day: Day;
  readonly probability: number;
  readonly unobserved: number;
  readonly leaves: boolean;
  readonly by: 'hazard' | 'cast';
}

const intercept = { enterprise: -1.9, 'mid-market': -1.6, smb: -1.4 };
const slope = 2;
const unobservedDeviation = 0.8;
/** A budget cut that no usage shows. */
const priceEffect = 4.2;

/** logit P(leave) = a(segment) − b × mean latent health in the weeks −12 to −4 + price effect + U. */
export function decideRenewal(world: World, account: Account, latent: LatentHealth, end: Day): Decision {
  const random = randomOf(world.seed, 'decision', account.index, end - world.until);
  const unobserved = random.normal(0, unobservedDeviation);
  const health = meanHealth(world, latent, end - 84, end - 28);
  const price = account.role === 'past-price' ? priceEffect : 0;
  const probability = sigmoid(intercept[account.segment] - slope * health + price + unobserved);
  const drawn = random.chance(probability);
  return account.stays
    ? { day: end, probability, unobserved, leaves: false, by: 'cast' }
    : { day: end, probability, unobserved, leaves: drawn, by: 'hazard' };
}

/** First week's day in which a monthly customer cancels, by a weekly hazard; undefined when it stays through the history. */
export function monthlyCancellation(world: World, account: Account, latent: LatentHealth): Decision | undefined {
  const random = randomOf(world.seed, 'cancellation', account.index);
  const unobserved = random.normal(0, unobservedDeviation);
  for (let day = Math.max(world.start, account.firstDay) + 14; day <= world.until; day += 7) {
    const probability = sigmoid(-5.6 - 1.4 * healthOn(world, latent, day) + unobserved);
    if (random.chance(probability) && !account.stays) {
      return { day, probability, unobserved, leaves: true, by: 'hazard' };
    }
  }
  return undefined;
}
