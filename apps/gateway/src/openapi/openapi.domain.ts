import { serviceFor, type ServiceName } from '../routing/routing-table.domain';

/** As much of an OpenAPI 3 document as merging has to understand. */
export interface OpenApiDocument {
  readonly openapi?: string;
  readonly paths?: Readonly<Record<string, unknown>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
  readonly tags?: readonly { readonly name: string }[];
}

/**
 * One document of the public API: from each service the paths that the routing table leads to it. A schema whose name
 * two services use for different things gets the service's name in front, in its references too.
 */
export function mergeDocuments(documents: ReadonlyMap<ServiceName, OpenApiDocument>): Record<string, unknown> {
  const taken = new Map<string, string>();
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  for (const [service, document] of documents) {
    const renamed = renameClashes(service, document, taken);
    for (const [path, item] of Object.entries(renamed.paths ?? {}))
      if (serviceFor(path) === service) paths[path] = item;
    Object.assign(schemas, renamed.components?.schemas);
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Tenure', version: '1', description: 'Authorise with an API key: `Authorization: Bearer tnr_…`.' },
    security: [{ bearer: [] }, { session: [] }],
    paths: sortedByKey(paths),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'tenure_session' },
      },
      schemas: sortedByKey(schemas),
    },
  };
}

function renameClashes(service: ServiceName, document: OpenApiDocument, taken: Map<string, string>): OpenApiDocument {
  const names = new Map<string, string>();
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    const text = JSON.stringify(schema);
    const clashes = (taken.get(name) ?? text) !== text;
    const final = clashes ? `${service[0]?.toUpperCase()}${service.slice(1)}${name}` : name;
    taken.set(final, text);
    if (clashes) names.set(name, final);
  }
  return names.size === 0 ? document : (renamed(document, names) as OpenApiDocument);
}

const reference = '#/components/schemas/';

function renamed(value: unknown, names: ReadonlyMap<string, string>, inSchemas = false): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, names));
  if (typeof value === 'string' && value.startsWith(reference)) {
    const name = value.slice(reference.length);
    return reference + (names.get(name) ?? name);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      inSchemas ? (names.get(key) ?? key) : key,
      renamed(each, names, key === 'schemas'),
    ]),
  );
}

function sortedByKey(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
