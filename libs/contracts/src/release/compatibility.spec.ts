import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { breaks } from './compatibility';
import { currentRelease, type JsonSchema, type Release } from './release';
import { readRelease, releasedVersions, writeRelease } from './released-folder';
import { schemaBreaks, type Direction } from './schema-breaks';

const schema: JsonSchema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', maxLength: 10, minLength: 1 },
    size: { type: ['number', 'null'], minimum: 0, maximum: 5 },
    kind: { type: 'string', enum: ['a', 'b'] },
    at: { type: 'string', format: 'date' },
    list: { type: 'array', maxItems: 3, items: { type: 'object', properties: { id: { type: 'string' } } } },
    ids: { type: 'object', additionalProperties: { type: 'string', maxLength: 5 } },
    any: {},
  },
};

/** The schema with one field's definition replaced, or removed. */
const withField = (name: string, field: JsonSchema | undefined): JsonSchema => {
  const properties = { ...(schema['properties'] as Record<string, JsonSchema | undefined>), [name]: field };
  return JSON.parse(JSON.stringify({ ...schema, properties })) as JsonSchema;
};

describe('schemaBreaks', () => {
  it.each<[string, JsonSchema, string]>([
    ['a removed field', withField('size', undefined), '/size: is removed'],
    ['a new required field', { ...schema, required: ['name', 'kind'] }, '/: requires kind'],
    ['a removed word', withField('kind', { type: 'string', enum: ['a'] }), '/kind: no longer allows b'],
    [
      'a new list of words',
      withField('name', { type: 'string', maxLength: 10, minLength: 1, enum: ['x'] }),
      '/name: is limited to a list of words',
    ],
    [
      'another type',
      withField('at', { type: 'number', format: 'date' }),
      '/at: narrows its type from string to number',
    ],
    [
      'null no longer taken',
      withField('size', { type: 'number', minimum: 0, maximum: 5 }),
      '/size: narrows its type from number|null to number',
    ],
    ['a type where there was none', withField('any', { type: 'string' }), '/any: narrows its type from any to string'],
    ['a shorter text', withField('name', { type: 'string', maxLength: 9, minLength: 1 }), '/name: narrows maxLength'],
    [
      'a longer least text',
      withField('name', { type: 'string', maxLength: 10, minLength: 2 }),
      '/name: narrows minLength',
    ],
    [
      'a smaller maximum',
      withField('size', { type: ['number', 'null'], minimum: 0, maximum: 4 }),
      '/size: narrows maximum',
    ],
    [
      'a greater minimum',
      withField('size', { type: ['number', 'null'], minimum: 1, maximum: 5 }),
      '/size: narrows minimum',
    ],
    ['a new bound', withField('at', { type: 'string', format: 'date', maxLength: 10 }), '/at: narrows maxLength'],
    ['another format', withField('at', { type: 'string', format: 'date-time' }), '/at: narrows format'],
    ['a new pattern', withField('at', { type: 'string', format: 'date', pattern: '^2' }), '/at: narrows pattern'],
    [
      'fewer items',
      withField('list', { ...(schema['properties'] as Record<string, JsonSchema>)['list'], maxItems: 2 }),
      '/list: narrows maxItems',
    ],
    [
      'a change inside items',
      withField('list', { type: 'array', maxItems: 3, items: { type: 'object', properties: {} } }),
      '/list/*/id: is removed',
    ],
    [
      'a change of the values of a map',
      withField('ids', { type: 'object', additionalProperties: { type: 'string', maxLength: 4 } }),
      '/ids/*: narrows maxLength',
    ],
    ['no extra fields', { ...schema, additionalProperties: false }, '/: no longer takes extra fields'],
    ['a keyword that is not judged', { ...schema, oneOf: [{}] }, '/: changes oneOf, which cannot be judged'],
  ])('catches %s, in both directions', (_, after, sentence) => {
    expect(schemaBreaks(schema, after, 'input')).toContain(sentence);
    expect(schemaBreaks(schema, after, 'output')).toContain(sentence);
  });

  it.each<[string, JsonSchema, string]>([
    ['a field no longer promised', { ...schema, required: [] }, '/: no longer promises name'],
    [
      'a field that becomes null',
      withField('at', { type: ['string', 'null'], format: 'date' }),
      '/at: widens its type from string to string|null',
    ],
    ['words without a list', withField('kind', { type: 'string' }), '/kind: is no longer limited to a list of words'],
  ])('catches %s in output, where input may take more', (_, after, sentence) => {
    expect(schemaBreaks(schema, after, 'output')).toContain(sentence);
    expect(schemaBreaks(schema, after, 'input')).toEqual([]);
  });

  it.each<[string, JsonSchema]>([
    ['an optional field', withField('extra', { type: 'string', maxLength: 3 })],
    ['a new word', withField('kind', { type: 'string', enum: ['a', 'b', 'c'] })],
    ['wider bounds', withField('name', { type: 'string', maxLength: 20 })],
    ['another description', { ...schema, description: 'New words.' }],
    ['the same', schema],
  ])('lets %s come', (_, after) => {
    for (const direction of ['input', 'output'] satisfies Direction[]) {
      expect(schemaBreaks(schema, after, direction)).toEqual([]);
    }
  });
});

describe('breaks', () => {
  const topic = { name: 't.v1', partitions: 12, cleanup: 'delete', retentionMs: 1000 } as const;
  const release: Release = {
    topics: [topic],
    envelope: schema,
    events: { e: { topic: 't.v1', direction: 'output', schema } },
  };

  it.each<[string, Release, string]>([
    ['a removed event', { ...release, events: {} }, 'e: the event is removed'],
    [
      'a moved event',
      { ...release, events: { e: { topic: 'u.v1', direction: 'output', schema } } },
      'e: moves to the topic u.v1',
    ],
    ['a removed topic', { ...release, topics: [] }, 't.v1: the topic is removed'],
    [
      'other partitions',
      { ...release, topics: [{ ...topic, partitions: 24 }] },
      't.v1: changes its partitions, and with them where a key lives',
    ],
    [
      'another cleanup',
      { ...release, topics: [{ ...topic, cleanup: 'compact' }] },
      't.v1: changes its cleanup to compact',
    ],
    [
      'less retention',
      { ...release, topics: [{ ...topic, retentionMs: 999 }] },
      't.v1: keeps its records for less time',
    ],
    ['another envelope', { ...release, envelope: { ...schema, required: [] } }, 'envelope /: no longer promises name'],
    [
      'a narrowed event',
      { ...release, events: { e: { topic: 't.v1', direction: 'output', schema: withField('size', undefined) } } },
      'e /size: is removed',
    ],
  ])('catches %s', (_, after, sentence) => {
    expect(breaks(release, after)).toEqual([sentence]);
  });

  it('lets new events, topics and longer retention come', () => {
    const after: Release = {
      ...release,
      topics: [
        { ...topic, retentionMs: -1 },
        { ...topic, name: 'u.v1' },
      ],
      events: { ...release.events, f: { topic: 'u.v1', direction: 'input', schema } },
    };
    expect(breaks(release, after)).toEqual([]);
  });
});

describe('the released language', () => {
  const versions = releasedVersions();

  it.each(versions)('%s is kept by the code', (version) => {
    expect(breaks(readRelease(version), currentRelease())).toEqual([]);
  });

  it('says in its newest version what the code says (else: npm run release -w libs/contracts -- VERSION)', () => {
    expect(readRelease(versions.at(-1)!)).toEqual(JSON.parse(JSON.stringify(currentRelease())));
  });

  it('is written once and read back unchanged', () => {
    const folder = mkdtempSync(join(tmpdir(), 'released-'));
    const release = currentRelease();
    writeRelease('1.10.0', release, folder);
    writeRelease('1.9.0', release, folder);
    expect(releasedVersions(folder)).toEqual(['1.9.0', '1.10.0']);
    expect(readRelease('1.10.0', folder)).toEqual(JSON.parse(JSON.stringify(release)));
    expect(() => writeRelease('1.9.0', release, folder)).toThrow('1.9.0 is released already');
    rmSync(folder, { recursive: true });
  });
});
