import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { NoteBody } from '@tenure/contracts';
import { Caller, type CallerIdentity, Database, type Page, PageQuery, readers, Roles, writers } from '@tenure/platform';
import { ProfileReadModel } from '../profile/profile.read-model';
import { ChangeNoteDto, NewNoteDto, NoteDto, NotesDto } from './notes.dto';
import { noteBody, NotesReadModel } from './notes.read-model';
import { WriteNotesHandler } from './write-notes.handler';

@ApiTags('notes')
@Controller('api/v1')
export class NotesController {
  private readonly notes = new NotesReadModel();
  private readonly profiles = new ProfileReadModel();

  constructor(
    private readonly database: Database,
    private readonly write: WriteNotesHandler,
  ) {}

  @Get('accounts/:accountId/notes')
  @Roles(...readers)
  @ApiOkResponse({ type: NotesDto })
  list(
    @Caller() { tenant }: CallerIdentity,
    @Param('accountId') accountId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<NoteBody>> {
    return this.database.read([tenant], async (tx) => {
      await this.profiles.mustExist(tx, tenant, accountId);
      return this.notes.list(tx, { tenantId: tenant, accountId }, limit, cursor);
    });
  }

  @Post('accounts/:accountId/notes')
  @Roles(...writers)
  @ApiCreatedResponse({ type: NoteDto })
  async create(
    @Caller() caller: CallerIdentity,
    @Param('accountId') accountId: string,
    @Body() { text }: NewNoteDto,
  ): Promise<NoteBody> {
    return noteBody(await this.write.create(caller, accountId, text));
  }

  @Patch('notes/:noteId')
  @Roles(...writers)
  @ApiOkResponse({ type: NoteDto })
  async change(
    @Caller() caller: CallerIdentity,
    @Param('noteId') noteId: string,
    @Body() change: ChangeNoteDto,
  ): Promise<NoteBody> {
    return noteBody(await this.write.change(caller, noteId, change));
  }

  @Delete('notes/:noteId')
  @HttpCode(204)
  @Roles(...writers)
  @ApiNoContentResponse()
  async remove(@Caller() caller: CallerIdentity, @Param('noteId') noteId: string): Promise<void> {
    await this.write.change(caller, noteId, { deleted: true });
  }
}
