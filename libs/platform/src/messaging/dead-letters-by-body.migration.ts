import type { MigrationInterface, QueryRunner } from 'typeorm';

const before = 'dead_letters_group_name_topic_partition_record_offset_key';

/** A log that was replaced counts its offsets anew: another record at an offset that had a letter is a letter of its own. */
export class DeadLettersByBody1762700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table system.dead_letters drop constraint ${before}`);
    await runner.query(`
      create unique index dead_letters_by_body on system.dead_letters
        (group_name, topic, partition, record_offset, md5(coalesce(record_value, ''::bytea)))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index system.dead_letters_by_body');
    await runner.query(`
      alter table system.dead_letters add constraint ${before} unique (group_name, topic, partition, record_offset)`);
  }
}
