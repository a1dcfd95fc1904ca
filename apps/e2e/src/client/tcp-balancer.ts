import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A plain TCP balancer: connections go to the targets in turn, to the next one where one does not take them. */
export class TcpBalancer {
  private readonly sockets = new Set<Socket>();
  private turn = 0;

  private constructor(
    private readonly targets: () => readonly string[],
    private readonly server: Server,
  ) {
    server.on('connection', (client: Socket) => {
      const all = this.targets();
      this.turn = (this.turn + 1) % all.length;
      this.join(client, [...all.slice(this.turn), ...all.slice(0, this.turn)]);
    });
  }

  /** @param targets addresses like `http://127.0.0.1:4001`, asked for with each connection */
  static async before(targets: () => readonly string[]): Promise<TcpBalancer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TcpBalancer(targets, server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket, [target = '', ...others]: readonly string[]): void {
    const { hostname, port } = new URL(target);
    const upstream = connect(Number(port), hostname);
    const refused = () => (others.length > 0 ? this.join(client, others) : client.destroy());
    upstream.once('error', refused);
    upstream.once('connect', () => {
      upstream.off('error', refused);
      this.pair(client, upstream);
    });
    client.on('error', () => undefined);
  }

  /** As balancers do: what one side ends, the other side is told of. */
  private pair(client: Socket, upstream: Socket): void {
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => other.resetAndDestroy());
      one.on('close', () => this.sockets.delete(one));
      one.pipe(other);
    }
  }
}
