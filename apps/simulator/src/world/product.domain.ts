/** What the demo's vendor sells: "Fieldwork", planning and reporting for operations teams. */
export const products = { core: 'Fieldwork Core', insights: 'Fieldwork Insights', automation: 'Fieldwork Automation' };

export interface Action {
  readonly event: string;
  readonly product: string;
  /** How often it is done, beside the others. */
  readonly weight: number;
  /** Departments that do it twice as often. */
  readonly departments: readonly string[];
}

/** The events that people of the customers cause, with names as a Segment tracking plan would have them. */
export const actions: readonly Action[] = [
  { event: 'Dashboard Viewed', product: products.core, weight: 22, departments: ['Leadership', 'Finance'] },
  { event: 'Task Completed', product: products.core, weight: 24, departments: ['Operations'] },
  { event: 'Plan Edited', product: products.core, weight: 14, departments: ['Operations'] },
  { event: 'Comment Added', product: products.core, weight: 10, departments: ['Operations'] },
  { event: 'Report Exported', product: products.insights, weight: 9, departments: ['Finance', 'Analytics'] },
  { event: 'Forecast Built', product: products.insights, weight: 6, departments: ['Analytics', 'Finance'] },
  { event: 'Workflow Run', product: products.automation, weight: 8, departments: ['IT', 'Operations'] },
  { event: 'Approval Given', product: products.core, weight: 4, departments: ['Leadership'] },
  { event: 'Template Published', product: products.core, weight: 2, departments: ['Analytics'] },
  { event: 'Teammate Invited', product: products.core, weight: 1, departments: ['IT'] },
];

export const signIn = 'Signed In';
export const serviceEvent = { event: 'Integration Synced', product: products.automation };

export const departments: readonly { readonly name: string; readonly titles: readonly string[] }[] = [
  { name: 'Operations', titles: ['Operations Manager', 'Planner', 'Shift Lead', 'Operations Analyst'] },
  { name: 'Analytics', titles: ['Data Analyst', 'Reporting Lead', 'BI Developer'] },
  { name: 'Finance', titles: ['Controller', 'Finance Analyst', 'Cost Manager'] },
  { name: 'IT', titles: ['Systems Administrator', 'Integration Engineer', 'IT Manager'] },
  { name: 'Leadership', titles: ['Head of Operations', 'Regional Director', 'Programme Director'] },
];

export const ticketSubjects = {
  question: [
    'How do I share a dashboard with a partner?',
    'Where can I change the working calendar?',
    'Can two teams use one template?',
    'How are public holidays handled in forecasts?',
    'Is there a limit on saved views?',
  ],
  problem: [
    'Exported report misses the last column',
    'Forecast takes minutes to build',
    'Sync stops after the first page',
    'Dashboard shows yesterday’s figures',
    'Workflow runs twice on the same record',
    'Single sign-on loops back to the login page',
  ],
  incident: [
    'Nobody on our team can sign in',
    'All scheduled workflows are stuck',
    'Plans disappeared after this morning’s import',
    'API answers 500 on every call',
  ],
  request: [
    'Please add a weekly view to the planner',
    'Approval steps per region',
    'Export to Parquet',
    'A reminder before a plan is locked',
  ],
} as const;

export type TicketKind = keyof typeof ticketSubjects;

export const comments = {
  good: [
    'Planning took us two days, now it is an afternoon.',
    'Support answers within the hour, thank you.',
    'The forecast is the first one our directors trust.',
    'Does what it says. The team likes it.',
  ],
  fair: [
    'Good overall, the reports could be faster.',
    'Useful, but the set-up took long.',
    'Fine for planning, less so for reporting.',
  ],
  bad: [
    'We lose half a day every week to broken exports.',
    'Nobody told us about the price change.',
    'Three tickets open for a month. Not acceptable.',
    'The team is going back to spreadsheets.',
  ],
} as const;

export const churnReasons: readonly { readonly code: string; readonly text: string }[] = [
  { code: 'adoption-failure', text: 'The team never moved its planning over' },
  { code: 'champion-or-organisation-change', text: 'The new head of operations brought another tool' },
  { code: 'price-and-budget', text: 'Budget for the coming year was cut' },
  { code: 'service-quality', text: 'Too many open problems for too long' },
  { code: 'competitor', text: 'Moved to a competing product' },
  { code: 'product-gap', text: 'Approval steps per region are missing' },
];
