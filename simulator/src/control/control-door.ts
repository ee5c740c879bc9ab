import { send, sendError, type Answer } from '../http/answer.js';
import { readBody } from '../http/body.js';
import type { Exchange } from '../http/exchange.js';
import { isLoopback } from '../http/loopback.js';
import { Refusal } from '../http/refusal.js';
import type { World } from '../world/world.js';
import { Fields } from './fields.js';
import { refuseForeignHost, refuseForeignOrigin, refuseFormBody } from './cross-site.js';
import { CONTROL_ROUTES, type ControlRoute } from './routes.js';

/** The side that people and tests steer the simulator through; pages of other sites are kept out. */
export class ControlDoor {
  private readonly isPrivate: boolean;

  constructor(
    private readonly world: World,
    host: string,
  ) {
    this.isPrivate = isLoopback(host);
  }

  async handle(exchange: Exchange): Promise<void> {
    const { response } = exchange;
    await this.answer(exchange).then(
      (answer) => send(response, sealed(answer)),
      (error: unknown) => sendError(response, error),
    );
  }

  private async answer({ request, method, path }: Exchange): Promise<Answer> {
    if (this.isPrivate) refuseForeignHost(request.headers);
    refuseForeignOrigin(request.headers);
    const route = routeOf(method, path);
    const body = await readBody(request);
    if (body) refuseFormBody(request.headers);
    return route.answer(this.world, Fields.parse(body));
  }
}

function routeOf(method: string, path: string): ControlRoute {
  const routes = CONTROL_ROUTES.filter((route) => route.path === path);
  const allowed = routes.map((route) => route.method).join(', ');
  if (!allowed) throw new Refusal(404, `the control door has no ${path}`);
  const route = routes.find((candidate) => candidate.method === method);
  if (!route) throw new Refusal(405, `${path} takes ${allowed}`, { allow: allowed });
  return route;
}

/** Keeps browsers from reading an answer as anything but what it is, or from another site's page. */
function sealed(answer: Answer): Answer {
  const headers = {
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  return { ...answer, headers: { ...headers, ...answer.headers } };
}
