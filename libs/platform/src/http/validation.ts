import { ValidationPipe } from '@nestjs/common';
import { validationProblem } from '../errors/validation-problem';

/** Every body and query is checked against its DTO; what the DTO does not know is refused, not dropped. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: validationProblem,
  });
}
