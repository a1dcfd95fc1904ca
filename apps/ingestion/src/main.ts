import { runService } from '@tenure/platform/run';

void runService('ingestion', () => import('./ingestion.service'));
