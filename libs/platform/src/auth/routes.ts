import { RequestMethod, type INestApplicationContext, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer } from '@nestjs/core/injector/modules-container';
import { PUBLIC, ROLES, type Role } from './roles';

/** A route and who may use it; `audience` is undefined when the route does not say, or says it twice. */
export interface RouteAudience {
  readonly method: string;
  readonly path: string;
  readonly audience: 'public' | readonly Role[] | undefined;
  /** `AlertsController.list` */
  readonly handler: string;
}

/** Every route of every controller of the application. */
export function listRoutes(app: INestApplicationContext): RouteAudience[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = modules.flatMap((module) => [...module.controllers.values()].map((each) => each.metatype));
  return [...new Set(controllers)].flatMap((controller) => (controller ? routesOf(controller as Type) : []));
}

/**
 * Fails when a route does not declare exactly one audience: a forgotten decorator must not become an open door.
 * @throws Error naming every such route
 */
export function checkRouteAudiences(app: INestApplicationContext): void {
  const undeclared = listRoutes(app).filter((route) => route.audience === undefined);
  if (undeclared.length === 0) return;
  const list = undeclared.map((route) => `  ${route.method} ${route.path} (${route.handler})`).join('\n');
  throw new Error(`Each of these routes has to declare exactly one of @Roles(…) and @Public():\n${list}`);
}

function routesOf(controller: Type): RouteAudience[] {
  return handlersOf(controller).flatMap(([name, handler]) => {
    const method = metadata<RequestMethod>(METHOD_METADATA, handler);
    if (method === undefined) return [];
    const audience = audienceOf(handler, controller);
    return pathsOf(controller, handler).map((path) => ({
      method: RequestMethod[method] ?? String(method),
      path,
      audience,
      handler: `${controller.name}.${name}`,
    }));
  });
}

function handlersOf(controller: Type): [string, object][] {
  const found = new Map<string, object>();
  for (let at = controller.prototype as object | null; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value === 'function' && name !== 'constructor' && !found.has(name)) found.set(name, value as object);
    }
  }
  return [...found];
}

function audienceOf(handler: object, controller: object): RouteAudience['audience'] {
  for (const target of [handler, controller]) {
    const allowed = metadata<readonly Role[]>(ROLES, target);
    const open = metadata<boolean>(PUBLIC, target);
    if (allowed && open) return undefined;
    if (allowed ?? open) return allowed ?? 'public';
  }
  return undefined;
}

function pathsOf(controller: object, handler: object): string[] {
  const bases = [metadata<string | string[]>(PATH_METADATA, controller) ?? ''].flat();
  const ends = [metadata<string | string[]>(PATH_METADATA, handler) ?? ''].flat();
  return bases.flatMap((base) =>
    ends.map((end) => `/${base}/${end}`.replaceAll(/\/{2,}/g, '/').replace(/(.)\/$/, '$1')),
  );
}

function metadata<T>(key: string, target: object): T | undefined {
  return Reflect.getMetadata(key, target) as T | undefined;
}
