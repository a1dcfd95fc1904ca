// No test is about how long it takes; this only ends one that hangs. A busy machine can make seconds of milliseconds.
jest.setTimeout(240_000);
