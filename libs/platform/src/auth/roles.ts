import { SetMetadata } from '@nestjs/common';

/** `operator` is the installation's owner (CLI), never a member of a tenant. */
export const roles = ['admin', 'leader', 'csm', 'viewer', 'operator'] as const;
export type Role = (typeof roles)[number];

export const readers = ['admin', 'leader', 'csm', 'viewer'] as const satisfies readonly Role[];
export const writers = ['admin', 'leader', 'csm'] as const satisfies readonly Role[];
export const leaders = ['admin', 'leader'] as const satisfies readonly Role[];
export const admins = ['admin'] as const satisfies readonly Role[];
export const operators = ['operator'] as const satisfies readonly Role[];

export const ROLES = 'tenure:roles';
export const PUBLIC = 'tenure:public';

/** Only callers of these roles may use the route (exactly these; no order is implied). */
export const Roles = (...allowed: readonly [Role, ...Role[]]): MethodDecorator & ClassDecorator =>
  SetMetadata(ROLES, allowed);

/** Anyone may use the route; it checks its callers itself, or has none. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);
