/** The steps of the default onboarding, in order. */
export type MilestoneName = 'kickoff' | 'first-sign-in' | 'three-active-users' | 'first-key-feature' | 'first-value';

export type Pace = 'smb' | 'midMarket' | 'enterprise';

export interface MilestoneTemplate {
  readonly name: MilestoneName;
  readonly title: string;
  /** Days after the signature by which it should be reached; null: not asked of such accounts. */
  readonly days: Readonly<Record<Pace, number | null>>;
  /** Who has to move, unless the account says otherwise (attribute `onboardingWaitsOn`). */
  readonly waitsOn: 'us' | 'customer';
}

/** First value within 30, 45 or 90 days; everything else is on the way there. All complete by themselves. */
export const TEMPLATE: readonly MilestoneTemplate[] = [
  { name: 'kickoff', title: 'Kickoff held', days: { smb: null, midMarket: 10, enterprise: 14 }, waitsOn: 'us' },
  {
    name: 'first-sign-in',
    title: 'First sign-in',
    days: { smb: 7, midMarket: 14, enterprise: 21 },
    waitsOn: 'customer',
  },
  {
    name: 'three-active-users',
    title: 'Three active users',
    days: { smb: 14, midMarket: 28, enterprise: 45 },
    waitsOn: 'customer',
  },
  {
    name: 'first-key-feature',
    title: 'First use of a key feature',
    days: { smb: 21, midMarket: 35, enterprise: 60 },
    waitsOn: 'customer',
  },
  { name: 'first-value', title: 'First value', days: { smb: 30, midMarket: 45, enterprise: 90 }, waitsOn: 'us' },
];

/** The tenant's words for segments that the template knows; any other goes at the middle pace. */
export const SEGMENT_PACE: Readonly<Record<string, Pace>> = {
  smb: 'smb',
  small: 'smb',
  'mid-market': 'midMarket',
  enterprise: 'enterprise',
};
