import { PosthogController } from './posthog.controller';
import { RemapCaptureHandler } from './remap-capture.handler';

/** PostHog's capture API. */
export const posthog = { controllers: [PosthogController], providers: [RemapCaptureHandler] };
