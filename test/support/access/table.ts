import { FROM_OUR_PAGE } from '../web/web-page.js';
import { freshUsername, PASSWORD } from '../password-users.js';
import { admin, anyone, type Ask, caller, owner, type Row, service } from './rows.js';

const appId = 'wx0000000000000001';
const uuid = '0198c0de-5a3c-7b7e-9a53-0a4b7f1c2d3e';

const credentials: Ask = ({ username }) => ({ body: { username, password: PASSWORD } });
const newcomer: Ask = () => ({ body: { username: freshUsername(), password: PASSWORD } });
const refreshToken: Ask = ({ second }) => ({ body: { refreshToken: second.refreshToken } });
const code: Ask = async (person) => ({ body: { code: await person.code() } });
const fromOurPage =
  (ask: Ask): Ask =>
  async (person) => ({ ...(await ask(person)), headers: FROM_OUR_PAGE });
const cookie: Ask = ({ second }) => ({
  headers: { ...FROM_OUR_PAGE, cookie: `wxlogin-refresh=${second.refreshToken}` },
});

const session: Ask = ({ second }) => ({ params: { id: second.sessionId } });
const user =
  (body?: unknown): Ask =>
  ({ id }) => ({ params: { id }, body });
const nothingThere: Ask = () => ({ params: { id: uuid, deliveryId: uuid } });
const tokenForm: Ask = ({ second }) => ({
  body: new URLSearchParams({ token: second.refreshToken }).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});
const webhook = { url: 'http://127.0.0.1:9/events', types: ['register'] };

/** Who gets what at every route. A new route fails its test until it has a row here, for a reviewer to see. */
export const ACCESS: Record<string, Row> = {
  'GET /ping': anyone(200),
  'GET /health': anyone(200),
  'GET /health/live': anyone(200),
  'GET /health/ready': anyone(200),
  'GET /.well-known/jwks.json': anyone(200),

  'POST /api/v1/auth/register': anyone(201, newcomer),
  'POST /api/v1/auth/login': anyone(200, credentials, 403),
  'POST /api/v1/auth/wechat': anyone(200, code, 403),
  'POST /api/v1/auth/phone': anyone(
    200,
    async (person) => ({ body: { loginCode: await person.code(), phoneCode: await person.phoneCode() } }),
    403,
  ),
  'POST /api/v1/auth/refresh': anyone(200, refreshToken, 401),
  'GET /api/v1/auth/username-available': anyone(200, () => ({ query: '?username=Alice01' })),
  'POST /api/auth': anyone(200, ({ username }) => ({ body: { action: 'login', username, password: PASSWORD } }), 403),
  'POST /api/v1/auth/web/register': anyone(201, fromOurPage(newcomer)),
  'POST /api/v1/auth/web/login': anyone(200, fromOurPage(credentials), 403),
  'POST /api/v1/auth/web/refresh': anyone(200, cookie, 401),
  'GET /api/v1/wechat/events/:appId': anyone(400, () => ({ params: { appId } })),
  'POST /api/v1/wechat/events/:appId': anyone(400, () => ({ params: { appId }, body: {} })),

  'POST /api/v1/auth/logout': caller(204),
  'POST /api/v1/auth/web/logout': caller(204, () => ({ headers: FROM_OUR_PAGE })),
  'POST /api/v1/auth/reauthenticate': caller(204, () => ({ body: { password: PASSWORD } })),
  'GET /api/v1/users/me': caller(200),
  'PUT /api/v1/users/me': caller(200, () => ({ body: { nickname: 'Band' } })),
  'POST /api/v1/users/me/wechat': caller(204, code),
  'DELETE /api/v1/users/me/wechat/:appId': owner(204, 204, () => ({ params: { appId } })), // each unties their own
  'DELETE /api/v1/users/me/phone': caller(204),
  'GET /api/v1/users/me/export': caller(200),
  'DELETE /api/v1/users/me': caller(204),
  'GET /api/v1/users/me/consents': caller(200),
  'POST /api/v1/users/me/consents': caller(204, () => ({ body: { policy: 'privacy', version: '1.0' } })),
  'DELETE /api/v1/users/me/consents/:policy': owner(204, 204, () => ({ params: { policy: 'privacy' } })), // each their own
  'GET /api/v1/users/me/credentials': caller(200),
  'PUT /api/v1/users/me/password': caller(204, () => {
    return { body: { currentPassword: PASSWORD, newPassword: 'Green-Kettle8' } };
  }),
  'POST /api/v1/users/me/username': caller(409, newcomer),
  'POST /api/v1/users/me/phone': caller(200, async (person) => ({ body: { code: await person.phoneCode() } })),
  'POST /api/v1/users/me/wechat/decrypt': caller(400, () => ({ body: { encryptedData: 'AAAA', iv: 'AAAA' } })),
  'POST /api/v1/users/me/wechat/verify': caller(200, () => ({ body: { rawData: '{}', signature: '0'.repeat(40) } })),
  'GET /api/v1/sessions': caller(200),
  'DELETE /api/v1/sessions': caller(204),
  'DELETE /api/v1/sessions/:id': owner(204, 404, session),
  'GET /api/v1/sessions/:id/events': owner(200, 404, session),

  'POST /api/v1/auth/introspect': service(200, tokenForm),
  'POST /api/v1/auth/revoke': service(200, tokenForm),

  'GET /api/v1/admin/users': admin(200),
  'GET /api/v1/admin/users/:id': admin(200, user()),
  'GET /api/v1/admin/users/:id/export': admin(200, user()),
  'DELETE /api/v1/admin/users/:id': admin(204, user()),
  'POST /api/v1/admin/users/:id/ban': admin(200, user({ reason: 'spam' })),
  'DELETE /api/v1/admin/users/:id/ban': admin(204, user()),
  'PUT /api/v1/admin/users/:id/role': admin(200, user({ role: 'admin' })),
  'POST /api/v1/admin/users/:id/unlock': admin(204, user()),
  'POST /api/v1/admin/users/:id/merge': admin(400, user({ into: '0' })),
  'GET /api/v1/admin/users/:id/sessions': admin(200, user()),
  'DELETE /api/v1/admin/users/:id/sessions': admin(204, user()),
  'DELETE /api/v1/admin/users/:id/sessions/:sessionId': admin(204, ({ id, second }) => {
    return { params: { id, sessionId: second.sessionId } };
  }),
  'GET /api/v1/admin/audit-events': admin(200),
  'GET /api/v1/admin/wechat/apps': admin(200),
  'POST /api/v1/admin/wechat/apps/:appId/quota': admin(400, () => ({ params: { appId }, body: { endpoint: '' } })),
  'GET /api/v1/admin/service-clients': admin(200),
  'POST /api/v1/admin/service-clients': admin(201, () => ({ body: { name: 'orders' } })),
  'PUT /api/v1/admin/service-clients/:id': admin(404, async (person) => {
    return { ...(await nothingThere(person)), body: { name: 'orders' } };
  }),
  'POST /api/v1/admin/service-clients/:id/rotate-secret': admin(404, async (person) => {
    return { ...(await nothingThere(person)), body: {} };
  }),
  'DELETE /api/v1/admin/service-clients/:id': admin(404, nothingThere),
  'GET /api/v1/admin/webhooks': admin(200),
  'POST /api/v1/admin/webhooks': admin(201, () => ({ body: webhook })),
  'GET /api/v1/admin/webhooks/:id': admin(404, nothingThere),
  'PUT /api/v1/admin/webhooks/:id': admin(404, async (person) => ({ ...(await nothingThere(person)), body: webhook })),
  'DELETE /api/v1/admin/webhooks/:id': admin(404, nothingThere),
  'POST /api/v1/admin/webhooks/:id/rotate-secret': admin(404, nothingThere),
  'POST /api/v1/admin/webhooks/:id/ping': admin(404, nothingThere),
  'GET /api/v1/admin/webhooks/:id/deliveries': admin(404, nothingThere),
  'POST /api/v1/admin/webhooks/:id/deliveries/:deliveryId/retry': admin(404, nothingThere),
};
