import { Readable } from 'node:stream';

import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  admins,
  Caller,
  type CallerIdentity,
  decodeCursor,
  PageQuery,
  pageOf,
  Problem,
  Readiness,
  readers,
  Roles,
  UnkeptAnswer,
} from '@tenure/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { IngestionConfig } from '../ingestion.config';
import { errorFile } from './error-file.handler';
import { fileOf } from './file-body.guard';
import { ImportFileHandler } from './import-file.handler';
import type { ImportJob, ImportRequest } from './import-job.domain';
import { ImportDto, ImportQuery, PreviewQuery } from './imports.dto';
import type { ImportsPage } from './imports.read-model';
import { ListImportsHandler } from './list-imports.handler';
import { type ImportPreview, PreviewFileHandler } from './preview-file.handler';

/** Files in: what they would become, their way in, and how far they are. */
@ApiTags('Imports')
@Controller('api/v1')
export class ImportsController {
  constructor(
    private readonly importer: ImportFileHandler,
    private readonly previewer: PreviewFileHandler,
    private readonly lister: ListImportsHandler,
    private readonly config: IngestionConfig,
    private readonly readiness: Readiness,
  ) {}

  /** The file is the body, taken as it streams in; the answer comes at its end. How far it is: `GET /imports/{id}`. */
  @Post('sources/:id/imports')
  @HttpCode(200)
  @Roles(...admins)
  @UnkeptAnswer()
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ type: ImportDto })
  async import(
    @Caller() caller: CallerIdentity,
    @Param('id') sourceId: string,
    @Query() query: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportJob> {
    await this.importer.sourceOf(caller.tenant, sourceId);
    const file = fileOf(request, this.config.importLimitBytes, this.readiness);
    try {
      return await this.importer.import(caller, requestOf(sourceId, query), file.chunks, file.interruption);
    } finally {
      file.drain();
    }
  }

  /** What the first rows of a file would become; the beginning of a file is enough. */
  @Post('sources/:id/imports/preview')
  @HttpCode(200)
  @Roles(...admins)
  @UnkeptAnswer()
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async preview(
    @Caller() caller: CallerIdentity,
    @Param('id') sourceId: string,
    @Query() query: PreviewQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportPreview> {
    await this.importer.sourceOf(caller.tenant, sourceId);
    const file = fileOf(request, this.config.importLimitBytes, this.readiness);
    try {
      return await this.previewer.preview(caller.tenant, requestOf(sourceId, query), file.chunks);
    } finally {
      file.drain();
    }
  }

  @Get('imports')
  @Roles(...readers)
  async list(@Caller() caller: CallerIdentity, @Query() query: PageQuery) {
    const page: ImportsPage = { after: afterOf(query.cursor), limit: query.limit + 1 };
    return pageOf(await this.lister.list(caller.tenant, page), query.limit, (last) => [last.startedAt, last.id]);
  }

  @Get('imports/:id')
  @Roles(...readers)
  @ApiOkResponse({ type: ImportDto })
  get(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<ImportJob> {
    return this.lister.get(caller.tenant, id);
  }

  /** Every refused row with its column and reason, as CSV. */
  @Get('imports/:id/errors')
  @Roles(...readers)
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async errors(
    @Caller() caller: CallerIdentity,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const job = await this.lister.get(caller.tenant, id);
    reply.header('content-disposition', `attachment; filename="errors-${id}.csv"`);
    const lines = errorFile(job, this.lister.errors(caller.tenant, id));
    return new StreamableFile(Readable.from(lines, { objectMode: false }), { type: 'text/csv; charset=utf-8' });
  }

  /** It stops after the rows that it is at; what has been taken stays. */
  @Post('imports/:id/cancel')
  @HttpCode(200)
  @Roles(...admins)
  @ApiOkResponse({ type: ImportDto })
  cancel(@Caller() caller: CallerIdentity, @Param('id') id: string): Promise<ImportJob> {
    return this.lister.cancel(caller.tenant, id);
  }
}

function requestOf(sourceId: string, query: ImportQuery | PreviewQuery): ImportRequest {
  const { kind, delimiter, dateFormat, decimal, timeZone } = query;
  const own = query instanceof ImportQuery ? query : undefined;
  return {
    sourceId,
    kind,
    dryRun: own?.dryRun ?? false,
    fileName: own?.fileName ?? null,
    importId: own?.importId,
    mapping: query.map ?? [],
    delimiter: delimiter === 'tab' ? '\t' : delimiter,
    style: { dateFormat, decimal, timeZone },
  };
}

function afterOf(cursor: string | undefined): ImportsPage['after'] {
  const values = decodeCursor(cursor, 2);
  if (!values) return undefined;
  const startedAt = new Date(String(values[0]));
  if (Number.isNaN(startedAt.getTime()))
    throw new Problem('invalid', 'The cursor is not one of this list.', { pointer: '/cursor' });
  return { startedAt, id: String(values[1]) };
}
