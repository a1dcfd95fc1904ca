import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A TCP proxy before the broker that can be cut, or made to hang. A broker tells clients its own address; the proxy puts
 * its port in the place, so that every connection comes through it.
 */
export class BrokerProxy {
  private readonly sockets = new Set<Socket>();
  private readonly host: string;
  private readonly target: number;
  private mode: 'open' | 'cut' | 'silent' = 'open';

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

  /** Nobody is there: connections break, and new ones too. */
  cut(): void {
    this.mode = 'cut';
    this.breakAll();
  }

  /** The worse absence: connections stand, and nobody answers. */
  silence(): void {
    this.mode = 'silent';
  }

  restore(): void {
    const wasSilent = this.mode === 'silent';
    this.mode = 'open';
    // What was said into the silence is lost: as after a pause of the network, both sides have to begin anew.
    if (wasSilent) this.breakAll();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private breakAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private join(client: Socket): void {
    if (this.mode === 'cut') return void client.destroy();
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
    client.on('data', (data) => this.mode === 'open' && upstream.write(data));
    upstream.on('data', (data) => this.mode === 'open' && client.write(this.readdressed(data)));
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
