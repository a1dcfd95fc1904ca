import { eventByType, inputEvents, validateData, validateEnvelope } from '@tenure/contracts';
import { build } from './input-events';

describe('the builders', () => {
  const built = Object.values(build).map((make) => make());

  it('cover every event that tenants send', () => {
    expect(built.map((event) => event.type).sort()).toEqual(inputEvents.map((event) => event.type).sort());
  });

  it.each(built.map((event) => [event.type, event] as const))('make a valid %s', (type, event) => {
    expect(validateEnvelope(event)).toEqual(expect.objectContaining({ ok: true }));
    expect(validateData(eventByType(type)!, event.data)).toEqual(expect.objectContaining({ ok: true }));
  });

  it('give every event an identity of its own, and the key of its account', () => {
    expect(build.usage().id).not.toBe(build.usage().id);
    expect(build.usage({}, { tenant: 'globex', account: 'a-7' }).partitionkey).toBe('globex:a-7');
  });
});
