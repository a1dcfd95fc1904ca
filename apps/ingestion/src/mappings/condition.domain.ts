import type { Condition, Json } from './mapping.domain';
import { locate, type Scope } from './scope.domain';

/** Whether all of the conditions hold; none at all do. */
export const holds = (conditions: readonly Condition[] | undefined, scope: Scope): boolean =>
  (conditions ?? []).every((condition) => holdsOne(condition, scope));

function holdsOne(condition: Condition, scope: Scope): boolean {
  if (condition.any) return condition.any.some((each) => holdsOne(each, scope));
  if (condition.none) return !condition.none.some((each) => holdsOne(each, scope));
  const { value } = locate(scope, condition.path ?? '');
  const { is, in: words, startsWith, has, exists } = condition;
  return (
    (is === undefined || same(value, is)) &&
    (words === undefined || words.some((word) => same(value, word))) &&
    (startsWith === undefined || (typeof value === 'string' && value.startsWith(startsWith))) &&
    (has === undefined || contains(value, has)) &&
    (exists === undefined || (value !== undefined && value !== null) === exists)
  );
}

/** Case counts for nothing: vendors write the same word in several ways. */
function same(value: unknown, word: Json): boolean {
  if (typeof value === 'string' && typeof word === 'string') return value.toLowerCase() === word.toLowerCase();
  return value === word;
}

function contains(value: unknown, word: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(word.toLowerCase());
  return Array.isArray(value) && value.some((each) => same(each, word));
}
