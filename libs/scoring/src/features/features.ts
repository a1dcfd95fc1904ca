import type { AccountHistory } from '../history/account-history';
import { stateAt, type AsOf } from '../history/as-of';
import { isoFromDay } from '../time/day';
import { accountFeatures } from './account';
import { adoptionFeatures } from './adoption';
import { depthFeatures } from './depth';
import type { Features } from './feature';
import { freshnessFeatures } from './freshness';
import { onboardingFeatures } from './onboarding';
import { relationshipFeatures } from './relationship';
import { sentimentFeatures } from './sentiment';
import { viewOf } from './standpoint';
import { supportFeatures } from './support';
import { usageTrendFeatures } from './usage-trend';

/** All features of an account at a standpoint. Pure; the same call serves live, what-if and backtest. */
export function features(history: AccountHistory, asOf: AsOf): Features {
  const view = viewOf(history, asOf);
  const profile = stateAt(history.profile, asOf);
  return {
    asOf: isoFromDay(view.today),
    segment: profile?.segment ?? null,
    stage: profile?.stage ?? null,
    values: {
      ...adoptionFeatures(view),
      ...usageTrendFeatures(view),
      ...supportFeatures(view),
      ...relationshipFeatures(view),
      ...sentimentFeatures(view),
      ...accountFeatures(view),
      ...onboardingFeatures(view),
      ...freshnessFeatures(view),
      ...depthFeatures(view),
    },
  };
}
