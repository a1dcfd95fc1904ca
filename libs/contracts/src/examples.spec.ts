import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventByType, events, topics, validateData, validateEnvelope, validateInput, type Envelope } from './index';

const folder = join(__dirname, '../examples');
const read = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8')) as unknown;

interface InvalidExample {
  type: string;
  data: unknown;
  expected: { code: string; pointer: string; detail: string };
}

describe('examples', () => {
  it.each(events.map(({ type }) => type))('%s is valid as an envelope and as data', (type) => {
    const envelope = read(`${type}.json`) as Envelope;
    const definition = eventByType(type)!;
    expect(envelope.type).toBe(type);
    expect(validateEnvelope(envelope)).toEqual({ ok: true });
    expect(validateData(definition, envelope.data)).toEqual({ ok: true });
    expect(validateInput(definition, envelope.data)).toEqual({ ok: true });
  });

  it('say something of each event', () => {
    for (const { type } of events) expect(Object.keys((read(`${type}.json`) as Envelope<object>).data)).not.toEqual([]);
  });

  const wrong = readdirSync(join(folder, 'invalid'));

  it.each(wrong)('invalid/%s is refused with its code, pointer and sentence', (file) => {
    const { type, data, expected } = read('invalid', file) as InvalidExample;
    const definition = eventByType(type)!;
    expect(validateData(definition, data)).toEqual({ ok: false, ...expected });
  });
});

describe('catalogue', () => {
  it('has one definition per type, named by its topic version', () => {
    const types = events.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    for (const type of types) expect(type).toMatch(/^tenure\.[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v1$/);
  });

  it('uses every topic', () => {
    expect(new Set(events.map(({ topic }) => topic.name))).toEqual(new Set(Object.values(topics).map((t) => t.name)));
  });

  it('knows no foreign type', () => {
    expect(eventByType('tenure.usage.recorded.v2')).toBeUndefined();
    expect(eventByType('constructor')).toBeUndefined();
  });
});
