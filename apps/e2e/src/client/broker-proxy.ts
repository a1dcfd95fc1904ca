import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A TCP proxy before the broker that can be cut. A broker tells clients its own address; the proxy puts its port in the
 * place, so that every connection comes through it.
 */
export class BrokerProxy {
  private readonly sockets = new Set<Socket>();
  private readonly host: string;
  private readonly target: number;
  private away = false;

  private constructor(
    broker: string,
    private readonly server: Server,
  ) {
    const [host = '', port = ''] = broker.split(':');
    this.host = host;
    this.target = Number(port);
    server.on('connection', (client: Socket) => this.join(client));
  }

  static async before(broker: string): Promise<BrokerProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new BrokerProxy(broker, server);
  }

  /** `host:port` for clients. */
  get address(): string {
    return `${this.host}:${this.port}`;
  }

  cut(): void {
    this.away = true;
    for (const socket of this.sockets) socket.destroy();
  }

  restore(): void {
    this.away = false;
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private join(client: Socket): void {
    if (this.away) return void client.destroy();
    const upstream = connect(this.target, this.host);
    for (const socket of [client, upstream]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (data) => client.write(this.readdressed(data)));
  }

  private readdressed(data: Buffer): Buffer {
    const [old, fresh] = [this.target, this.port].map((port) => {
      const number = Buffer.alloc(4);
      number.writeInt32BE(port);
      return Buffer.concat([Buffer.from(this.host), number]);
    }) as [Buffer, Buffer];
    for (let at = data.indexOf(old); at >= 0; at = data.indexOf(old, at + 1)) fresh.copy(data, at);
    return data;
  }
}
