import { runService } from '@tenure/platform/run';

void runService('gateway', () => import('./gateway.service'));
