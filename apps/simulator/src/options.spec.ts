import { parseOptions } from './options.config';

describe('the command line', () => {
  it('knows the demo by one word', () => {
    const options = parseOptions(['--demo'], '2026-11-20');
    expect(options).toMatchObject({
      importKey: 'demo-import-key',
      writeKey: 'demo-write-key',
      apiKey: 'demo-api-key',
      live: false,
    });
    expect(options?.world).toMatchObject({ seed: 'tenure', accounts: 300, months: 12 });
  });

  it('says what is wrong in one line', () => {
    expect(() => parseOptions(['--out', 'x', '--accounts', 'many'], '2026-11-20')).toThrow(
      '--accounts must be a whole number',
    );
    expect(() => parseOptions(['--out', 'x', '--until', 'today'], '2026-11-20')).toThrow('not a day: today');
    expect(() => parseOptions(['--live'], '2026-11-20')).toThrow('--live needs --write-key');
    expect(() => parseOptions([], '2026-11-20')).toThrow('nothing to do');
    expect(() => parseOptions(['--demo', '--ingestion', 'localhost'], '2026-11-20')).toThrow('http address');
  });

  it('answers a call for help with nothing to do', () => {
    expect(parseOptions(['--help'], '2026-11-20')).toBeUndefined();
  });
});
