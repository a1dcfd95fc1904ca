/** As much of an OpenAPI document as a walk over its routes needs. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** One route of the public API. */
export interface Route {
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly query: readonly string[];
  /** A body of the right form, every text in it `text`; undefined where none is taken. */
  readonly body: (text: string) => unknown;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

export function routesOf(document: OpenApi): Route[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const query = (operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name);
      const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
      const body = (text: string) => (schema ? example(schema, document, text) : undefined);
      return [{ method: method.toUpperCase(), path, query, body }];
    }),
  );
}

function example(schema: Schema, document: OpenApi, text: string): unknown {
  const named = schema.$ref?.split('/').at(-1) ?? '';
  if (named) return example(document.components?.schemas?.[named] ?? {}, document, text);
  if (schema.allOf?.[0]) return example(schema.allOf[0], document, text);
  if (schema.enum) return schema.enum[0];
  if (schema.properties || schema.type === 'object') {
    const fields = Object.entries(schema.properties ?? {});
    return Object.fromEntries(fields.map(([name, field]) => [name, example(field, document, text)]));
  }
  if (schema.type === 'array') return [example(schema.items ?? {}, document, text)];
  if (schema.type === 'number' || schema.type === 'integer') return 1;
  if (schema.type === 'boolean') return true;
  if (schema.format === 'date-time') return new Date(Date.now() + 86_400_000).toISOString();
  return schema.example ?? text;
}
