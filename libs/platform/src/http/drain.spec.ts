import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { drain } from './drain';

async function started(answerAfterMs = 0): Promise<Server> {
  const server = createServer((_request, response) => {
    void sleep(answerAfterMs, undefined, { ref: false }).then(() => {
      if (!server.listening) response.setHeader('connection', 'close');
      response.end('served');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

async function get(server: Server | number, agent: Agent): Promise<string> {
  const port = typeof server === 'number' ? server : (server.address() as AddressInfo).port;
  const asked = request({ port, host: '127.0.0.1', agent }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return answer.headers.connection ?? '';
}

describe('A server that drains', () => {
  it('answers what comes on a kept connection, which ends with that answer, and takes no new one', async () => {
    const server = await started();
    const { port } = server.address() as AddressInfo;
    const [kept, fresh] = [new Agent({ keepAlive: true, maxSockets: 1 }), new Agent()];
    expect(await get(server, kept)).toBe('keep-alive');
    const drained = drain(server, 10_000);
    await expect(get(port, fresh)).rejects.toThrow('ECONNREFUSED');
    expect(await get(port, kept)).toBe('close');
    await drained;
    kept.destroy();
  });

  it('lets idle connections go, and cuts what takes too long', async () => {
    const [quiet, slow] = [await started(), await started(30_000)];
    const kept = new Agent({ keepAlive: true, maxSockets: 1 });
    await get(quiet, kept);
    const late = get(slow, new Agent());
    late.catch(() => undefined);
    await once(slow, 'request');
    await Promise.all([drain(quiet, 60_000), drain(slow, 100)]);
    await expect(late).rejects.toThrow('socket hang up');
    kept.destroy();
  });
});
