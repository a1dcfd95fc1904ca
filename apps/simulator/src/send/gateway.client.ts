import { RefusedError, type RetryLimits, retryingPost } from './retrying-post.client';

/** The one call that a history needs beside its events. */
export class GatewayClient {
  constructor(
    private readonly url: string,
    private readonly apiKey: string,
    private readonly limits: RetryLimits,
  ) {}

  /** Ends the import, so that every account of it is evaluated once. A source that is closed already is fine. */
  async closeImport(sourceId: string): Promise<void> {
    const request = {
      url: `${this.url}/api/v1/sources/${sourceId}/close-import`,
      body: '{}',
      contentType: 'application/json',
      authorization: `Bearer ${this.apiKey}`,
    };
    try {
      await retryingPost(request, this.limits);
    } catch (error) {
      if (!(error instanceof RefusedError && error.status === 409)) throw error;
    }
  }
}
