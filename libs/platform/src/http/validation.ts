import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import { Problem } from '../errors/problem';
import { validationProblem } from '../errors/validation-problem';

/** Every body and query is checked against its DTO; what the DTO does not know is refused, not dropped. */
export function createValidationPipe(): ValidationPipe {
  return new InputPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: validationProblem,
  });
}

/** No body of ours needs more; without a limit, nesting costs seconds of checking and then the stack. */
const mostLevels = 32;

class InputPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && isDeeper(value, mostLevels)) {
      throw new Problem('invalid', `A body may be nested ${mostLevels} levels deep.`);
    }
    return (await super.transform(value, metadata)) as unknown;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}
