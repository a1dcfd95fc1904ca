import { serviceFor } from './routing-table.domain';

/**
 * A body that belongs to a service stays the bytes that came. The gateway's own routes take JSON.
 * @throws Error with statusCode 400 or 415
 */
export function parseOwnBody(url: string, contentType: string | undefined, body: Buffer): unknown {
  const path = url.split('?', 1)[0] ?? '';
  const service = serviceFor(path);
  if (service !== undefined && service !== 'gateway') return body;
  if (body.length === 0) return undefined;
  if (!/^application\/json\b/i.test(contentType ?? '')) throw refusal(415, 'Only application/json is accepted here.');
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw refusal(400, 'The body is not valid JSON.');
  }
}

function refusal(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}
