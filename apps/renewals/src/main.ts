import { runService } from '@tenure/platform/run';

void runService('renewals', () => import('./renewals.service'));
