import { mergeDocuments, type OpenApiDocument } from './openapi.domain';

const health: OpenApiDocument = {
  paths: {
    '/api/v1/accounts/{id}/health': { get: { schema: { $ref: '#/components/schemas/Page' } } },
    '/api/v1/people': { get: {} },
    '/health/live': { get: {} },
  },
  components: {
    schemas: {
      Page: { type: 'object', properties: { of: { $ref: '#/components/schemas/Item' } } },
      Item: { type: 'string' },
    },
  },
};
const reporting: OpenApiDocument = {
  paths: { '/api/v1/accounts': { get: { schema: { $ref: '#/components/schemas/Page' } } } },
  components: {
    schemas: { Page: { type: 'array', items: { $ref: '#/components/schemas/Item' } }, Item: { type: 'string' } },
  },
};

describe('The merged document', () => {
  const merged = mergeDocuments(
    new Map([
      ['health', health],
      ['reporting', reporting],
    ]),
  ) as { paths: Record<string, unknown>; components: { schemas: Record<string, unknown> } };

  it('has the paths that the routing table leads to their service, and no others', () => {
    expect(Object.keys(merged.paths)).toEqual(['/api/v1/accounts', '/api/v1/accounts/{id}/health']);
  });

  it('keeps apart what two services call by one name', () => {
    expect(Object.keys(merged.components.schemas)).toEqual(['Item', 'Page', 'ReportingPage']);
    expect(merged.paths['/api/v1/accounts']).toEqual({
      get: { schema: { $ref: '#/components/schemas/ReportingPage' } },
    });
    expect(merged.components.schemas['ReportingPage']).toEqual(reporting.components?.schemas?.['Page']);
  });

  it('does not depend on who answered first', () => {
    expect(mergeDocuments(new Map())).toMatchObject({ openapi: '3.0.0', paths: {} });
  });
});
