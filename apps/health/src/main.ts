import { runService } from '@tenure/platform/run';

void runService('health', () => import('./health.service'));
