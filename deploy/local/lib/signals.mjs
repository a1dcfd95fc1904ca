const sameMs = 1000;

/**
 * Resolves with the first signal that asks us to end. npm, the terminal and a parent may all pass on the same Ctrl-C, so
 * what follows within a second is the same one; a later one calls `hurry`.
 */
export function askedToEnd(hurry) {
  return new Promise((resolve) => {
    let first = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (first === 0) first = Date.now();
        else if (Date.now() - first > sameMs) hurry();
        resolve(signal);
      });
    }
  });
}
