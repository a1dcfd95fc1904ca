import type { Csm } from '../world/account.domain';
import { RefusedError, type RetryLimits, retryingPost } from './retrying-post.client';

/** The two calls that the demo needs beside events: the people who own accounts, and the end of the import. */
export class GatewayClient {
  constructor(
    private readonly url: string,
    private readonly apiKey: string,
    private readonly limits: RetryLimits,
  ) {}

  /** Ends the import, so that every account of it is evaluated once. A source that is closed already is fine. */
  async closeImport(sourceId: string): Promise<void> {
    await this.post(`/api/v1/sources/${sourceId}/close-import`, {}, [409]);
  }

  /** Makes a person with the role csm; one who is there already is fine. */
  async addCsm({ name, email }: Csm): Promise<void> {
    await this.post('/api/v1/people', { name, email, role: 'csm' }, [409]);
  }

  private async post(path: string, body: object, fine: readonly number[]): Promise<void> {
    const request = {
      url: this.url + path,
      body: JSON.stringify(body),
      contentType: 'application/json',
      authorization: `Bearer ${this.apiKey}`,
    };
    try {
      await retryingPost(request, this.limits);
    } catch (error) {
      if (!(error instanceof RefusedError && fine.includes(error.status))) throw error;
    }
  }
}
