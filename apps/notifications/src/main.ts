import { runService } from '@tenure/platform/run';

void runService('notifications', () => import('./notifications.service'));
