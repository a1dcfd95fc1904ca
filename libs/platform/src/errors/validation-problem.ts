import type { ValidationError } from 'class-validator';
import { Problem, type ProblemItem } from './problem';

/** class-validator's findings → one problem `invalid` with a JSON pointer for each. */
export function validationProblem(findings: readonly ValidationError[]): Problem {
  const errors = findings.flatMap((finding) => itemsOf(finding, ''));
  const first = errors[0];
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Problem('invalid', `${first?.detail ?? 'The request is not valid'}${more}.`, {
    ...(first ? { pointer: first.pointer } : {}),
    errors,
  });
}

function itemsOf(finding: ValidationError, parent: string): ProblemItem[] {
  const pointer = `${parent}/${finding.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(finding.constraints ?? {}).map(([constraint, detail]) => ({
    pointer,
    code: codeOf(constraint),
    detail,
  }));
  return [...own, ...(finding.children ?? []).flatMap((child) => itemsOf(child, pointer))];
}

/** `isInt` → `is-int`; the property that no one knows → `unknown-property`. */
function codeOf(constraint: string): string {
  if (constraint === 'whitelistValidation') return 'unknown-property';
  return constraint.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
