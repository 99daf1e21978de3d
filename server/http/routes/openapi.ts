import { trimDefinitions } from '../../access/trim.ts';
import { buildOpenApi } from '../openapi/buildOpenApi.ts';
import { type Route, route } from '../route.ts';

/** The description of all routes, its own included. */
export function openapiRoutes(routes: readonly Route[]): readonly Route[] {
  const own: Route = route({
    method: 'get',
    path: '/api/openapi.json',
    access: 'signedIn',
    summary: 'This API in OpenAPI 3.1, as far as the caller may use it',
    handle: async ({ company, actor, server }) => ({
      json: buildOpenApi([...routes, own], trimDefinitions(actor, company.catalogue), server.version),
    }),
  });
  return [own];
}
