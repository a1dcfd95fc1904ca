import { nothingSent, pauseFor, readLine, withFault, withReceipt } from './event-lines.domain';

describe('A line of a file of events', () => {
  it('is an event, completed by the version of CloudEvents', () => {
    expect(readLine('{"id":"1","type":"x"}', 7)).toEqual({
      line: 7,
      event: { specversion: '1.0', id: '1', type: 'x' },
    });
  });

  it.each([
    ['{', 'is not JSON'],
    ['[]', 'is not an event'],
    ['1', 'is not an event'],
    ['{"type":"x"}', 'has no id'],
    ['{"id":""}', 'has no id'],
  ])('%s %s', (text, fault) => {
    expect(readLine(text, 1)).toEqual({ line: 1, fault });
  });

  it('may be empty', () => {
    expect(readLine('  ', 1)).toBeUndefined();
  });
});

describe('The tally', () => {
  it('adds receipts up, and names rejections by their line', () => {
    const rejected = [{ index: 1, code: 'invalid', pointer: '/data/event', detail: 'It is missing.' }];
    const tally = withReceipt(withFault(nothingSent, { line: 2, fault: 'is not JSON' }), [1, 4], {
      accepted: 1,
      held: 0,
      rejected,
    });
    expect(tally).toMatchObject({ events: 3, accepted: 1, held: 0 });
    expect(tally.rejected.map((each) => each.line)).toEqual([2, 4]);
    expect(tally.accepted + tally.held + tally.rejected.length).toBe(tally.events);
  });
});

describe('The pace', () => {
  it('keeps to events a second, and never waits to catch up', () => {
    expect(pauseFor(200, 500, 100)).toBe(1500);
    expect(pauseFor(200, 5000, 100)).toBe(0);
    expect(pauseFor(200, 0, undefined)).toBe(0);
  });
});
