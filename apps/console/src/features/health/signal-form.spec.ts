import {
  kept,
  shareSentence,
  shown,
  type SignalDraft,
  withoutSegment,
  withSegmentOff,
  withSegmentParameter,
} from './signal-form';

const field = { name: 'fastDrop', label: 'Drop', unit: 'share', min: 0.05, max: 0.95 };
const draft: SignalDraft = { off: false, parameters: { fastDrop: 0.3 }, segments: { smb: { off: true } } };

describe('the form of a signal', () => {
  it('shows shares in percent and keeps them as shares', () => {
    expect(shown(field, 0.3)).toBe(30);
    expect(kept(field, 35)).toBe(0.35);
    expect(shown({ ...field, unit: 'days' }, 14)).toBe(14);
  });

  it('keeps of a segment only what differs', () => {
    const own = withSegmentParameter(draft, 'enterprise', 'fastDrop', 0.2);
    expect(own.segments).toEqual({ smb: { off: true }, enterprise: { parameters: { fastDrop: 0.2 } } });
    expect(withSegmentParameter(own, 'enterprise', 'fastDrop', null).segments['enterprise']).toEqual({
      parameters: {},
    });
    expect(withSegmentOff(draft, 'smb', false).segments).toEqual({ smb: { off: false } });
    expect(withoutSegment(draft, 'smb').segments).toEqual({});
  });

  it('says how sure a precision is', () => {
    expect(shareSentence({ hits: 6, n: 12, share: 0.5, low: 0.254, high: 0.746 })).toBe('50 % of 12 (25–75 %)');
    expect(shareSentence({ hits: 0, n: 0, share: null, low: null, high: null })).toBe('Not judged yet');
  });
});
