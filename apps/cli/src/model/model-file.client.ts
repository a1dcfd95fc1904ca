import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { Failure, messageOf } from '../terminal/failure.domain';

/** Reads a model file, YAML or JSON (which is YAML too). What is wrong with its syntax is said with line and column. */
export async function readModelFile(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Failure(`${path} cannot be read: ${messageOf(error)}`, 2);
  });
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new Failure(`${path}: ${error.message}`, 2);
  return document.toJS();
}
