import { runService } from '@tenure/platform/run';

void runService('reporting', () => import('./reporting.service'));
