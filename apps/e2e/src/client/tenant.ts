import type { TestStack } from '@tenure/testing';

/** An answer, with its body parsed where it is JSON. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** A tenant of the stack, reached as its own programs reach it: by keys, over HTTP. */
export class Tenant {
  constructor(
    private readonly stack: TestStack,
    readonly id: string,
    readonly apiKey: string,
    readonly writeKey: string,
    readonly signInLink: string,
  ) {}

  /** Asks the gateway. */
  call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    return request<T>(this.stack.urls.gateway + path, {
      method,
      headers: {
        authorization: `Bearer ${this.apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.call<T>('GET', path);
  }

  /** Sends CloudEvents to ingestion in one batch; `headers` may carry a `traceparent`. */
  send(events: readonly CloudEvent[], headers: Record<string, string> = {}): Promise<Answer> {
    return request(`${this.stack.urls.ingestion}/v1/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.writeKey}`,
        'content-type': 'application/cloudevents-batch+json',
        ...headers,
      },
      body: JSON.stringify(events),
    });
  }
}

export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly data: object;
}

/** A CloudEvent as a customer's own system would write it. */
export function cloudEvent(type: string, id: string, data: object, time = new Date()): CloudEvent {
  return { specversion: '1.0', id, source: 'e2e', type: `tenure.${type}.v1`, time: time.toISOString(), data };
}

/** Makes a tenant with the command line, as an operator would. */
export async function createTenant(stack: TestStack, id: string): Promise<Tenant> {
  const said = await stack.tenure('tenant', 'create', `The ${id}`, '--id', id, '--admin', `admin@${id}.test`, '--json');
  const made = JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1)) as Record<string, string>;
  return new Tenant(stack, id, made['apiKey'] ?? '', made['writeKey'] ?? '', made['signInLink'] ?? '');
}

async function request<T>(url: string, init: RequestInit): Promise<Answer<T>> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: (isJson && text ? JSON.parse(text) : text) as T };
}
