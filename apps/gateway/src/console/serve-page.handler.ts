import { stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Problem } from '@tenure/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config';
import { cacheControl, contentSecurityPolicy, pageFor } from './page.domain';

/** Answers with a file of the built console; a place inside it is the one page, whose script does the rest. */
@Injectable()
export class ServePageHandler {
  private readonly root: string;

  constructor(private readonly config: GatewayConfig) {
    this.root = resolve(config.consoleDir);
  }

  async handle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const page = pageFor(request.url.split('?', 1)[0] ?? '/');
    const file = page.kind === 'app' ? 'index.html' : page.kind === 'file' ? page.file : undefined;
    if (file === undefined || !(await this.has(file)))
      throw new Problem('not-found', 'There is nothing at this address.');
    reply.headers({
      'cache-control': cacheControl(file),
      'content-security-policy': contentSecurityPolicy,
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
      ...(this.config.publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    });
    await reply.sendFile(file, this.root, { cacheControl: false });
  }

  private async has(file: string): Promise<boolean> {
    const path = resolve(this.root, file);
    if (!path.startsWith(this.root + sep)) return false;
    return stat(path).then(
      (found) => found.isFile(),
      () => false,
    );
  }
}
