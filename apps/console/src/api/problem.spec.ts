import { describeError, fieldError, isRetryable, toProblem } from './problem';

describe('toProblem', () => {
  it('keeps code, detail and fields of a problem', () => {
    const problem = toProblem(400, {
      title: 'Invalid',
      code: 'invalid',
      detail: 'email is not an address',
      pointer: '/email',
      traceId: 'abc',
    });
    expect(problem).toMatchObject({ status: 400, code: 'invalid', detail: 'email is not an address', traceId: 'abc' });
    expect(fieldError(problem, 'email')).toBe('email is not an address');
    expect(fieldError(problem, 'name')).toBeUndefined();
  });

  it('speaks plainly when the body is no problem', () => {
    expect(toProblem(502, '<html>').detail).toBe('The server answered 502.');
    expect(toProblem(0, null).detail).toBe('The server cannot be reached.');
  });

  it('says which errors are worth another try', () => {
    expect(isRetryable(toProblem(503, null))).toBe(true);
    expect(isRetryable(toProblem(404, null))).toBe(false);
    expect(isRetryable(new TypeError('network'))).toBe(true);
  });

  it('describes whatever was thrown', () => {
    expect(describeError(new Error('boom'))).toBe('boom');
    expect(describeError('x')).toBe('Something went wrong.');
  });
});
