/** Something a person can put right. Its message is the one line they see; no stack is shown. */
export class Trouble extends Error {}

/** What was asked for: to standard output. */
export const say = (text) => console.log(text);

/** What happens meanwhile: to standard error. */
export const note = (text) => console.error(text);

/** Runs a script's body; trouble ends it with its line and exit code 1, a bug with its stack. */
export async function runScript(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Trouble ? error.message : error);
    process.exitCode = 1;
  }
}
