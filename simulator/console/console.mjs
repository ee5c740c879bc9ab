const REFRESH_MS = 2000;
const FIVE_MINUTES = 300;

const byId = (id) => document.getElementById(id);

/** Calls the control door and gives its JSON; throws with the door's own words when it refuses. */
async function call(method, path, value) {
  const body = value === undefined ? {} : { body: JSON.stringify(value) };
  const response = await fetch(path, { method, headers: { 'content-type': 'application/json' }, ...body });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : undefined;
  if (!response.ok) throw new Error(answer?.error ?? `HTTP ${response.status}`);
  return answer;
}

// ---- drawing: only with textContent, because user names come from anywhere

const drawn = new Map();

/** Draws once per change, so that a selection or an open list survives the refresh. */
function onChange(key, value, draw) {
  const text = JSON.stringify(value);
  if (drawn.get(key) === text) return;
  drawn.set(key, text);
  draw(value);
}

function element(name, content, className = '') {
  const node = document.createElement(name);
  node.textContent = content;
  node.className = className;
  return node;
}

function drawRows(id, items, cellsOf) {
  onChange(id, items, () => {
    const body = byId(id);
    body.replaceChildren(...items.map((item) => rowOf(cellsOf(item))));
    if (items.length === 0) body.append(emptyRow(body.dataset.empty));
  });
}

function rowOf(cells) {
  const row = document.createElement('tr');
  row.append(...cells.map(([content, className]) => element('td', content ?? '', className)));
  return row;
}

function emptyRow(words) {
  const row = rowOf([[words, 'none']]);
  row.firstChild.colSpan = 9;
  return row;
}

function drawOptions(select, values) {
  onChange(select.name, values, () => {
    select.replaceChildren(...values.map((value) => new Option(value === '*' ? '* 全部 all' : value, value)));
  });
}

const timeOf = (iso) => new Date(iso).toLocaleTimeString('zh-CN', { hour12: false });

// ---- one line of each table

function requestCells({ at, method, path, query, appId, status, errcode, fault }) {
  return [
    [timeOf(at), 'mono quiet'],
    [`${method} ${path}`, 'mono'],
    [appId ?? query.appid, 'mono'],
    [status ?? '—', status === 200 ? '' : 'warn'],
    [errcode ?? '—', `mono ${errcodeColour(errcode)}`],
    [fault, 'mono warn'],
  ];
}

function errcodeColour(errcode) {
  if (errcode === null) return 'quiet';
  return errcode === 0 ? 'good' : 'bad';
}

function faultCells({ endpoint, fault, times, delayMs, burnsCode }) {
  const notes = [`${times ?? '∞'} 次`, delayMs && `延迟 ${delayMs} ms`, burnsCode && '消耗 code'];
  return [
    [fault, 'mono warn'],
    [endpoint, 'mono'],
    [notes.filter(Boolean).join(' · '), 'quiet'],
  ];
}

const userCells = ({ user, appId, openid, unionid, phone, riskRank }) => [
  [user, ''],
  [openid, 'mono'],
  [unionid ?? '—', 'mono quiet'],
  [phone, 'mono'],
  [riskRank, riskRank > 2 ? 'bad' : 'quiet'],
  [appId, 'mono quiet'],
];

const KINDS = { login: '登录 login', phone: '手机号 phone', plugin: '插件 plugin' };

const codeCells = ({ kind, code, user, used, expiresAt }) => [
  [code, 'mono'],
  [KINDS[kind], 'quiet'],
  [user, ''],
  used ? ['已使用 used', 'quiet'] : ['可用 live', 'good'],
  [`至 ${timeOf(expiresAt)}`, 'quiet'],
];

const tokenCells = ({ token, appId, kind, endsAt }) => [
  [token, 'mono'],
  [kind, 'mono'],
  [appId, 'mono quiet'],
  [`至 ${timeOf(endsAt)}`, 'quiet'],
];

const quotaCells = ({ appId, endpoint, limit, used }) => [
  [endpoint, 'mono'],
  [`${used} / ${limit.toLocaleString('en')}`, used > limit ? 'bad' : ''],
  [appId, 'mono quiet'],
];

function appCells({ id, openPlatform, push, signing }) {
  const bound = openPlatform ? `开放平台 Open Platform: ${openPlatform}` : '未绑定开放平台 no Open Platform';
  const extras = [push && `推送 push: ${push.mode} ${push.format}`, signing && 'API 签名 signing'];
  return [
    [id, 'mono'],
    [[bound, ...extras].filter(Boolean).join(' · '), 'quiet'],
  ];
}

// ---- the page

let offsetSeconds = 0;

function draw(state) {
  offsetSeconds = state.offsetSeconds;
  byId('now').textContent = timeOf(state.now);
  byId('offset').textContent = offsetSeconds ? `${offsetSeconds > 0 ? '+' : ''}${offsetSeconds} s` : '';
  byId('user-count').textContent = state.userCount || '';
  byId('clear-faults').hidden = state.faults.length === 0;
  drawOptions(
    byId('code-form').elements.appId,
    state.apps.map(({ id }) => id),
  );
  drawOptions(byId('fault-form').elements.endpoint, [...state.endpoints, '*']);
  drawRows('fault-rows', state.faults, faultCells);
  drawRows('request-rows', state.requests.toReversed(), requestCells);
  drawRows('user-rows', state.users.toReversed(), userCells);
  drawRows('code-rows', state.codes.toReversed(), codeCells);
  byId('end-tokens').hidden = state.accessTokens.length === 0;
  drawRows('token-rows', state.accessTokens.toReversed(), tokenCells);
  drawRows('quota-rows', state.quotas, quotaCells);
  drawRows('app-rows', state.apps, appCells);
}

async function refresh() {
  try {
    draw(await call('GET', '/__sim/state'));
    byId('health').className = 'dot up';
  } catch {
    byId('health').className = 'dot down';
  }
}

/** Does one thing, shows what went wrong if anything did, and draws the new state. */
async function act(work) {
  const problem = byId('problem');
  problem.hidden = true;
  try {
    await work();
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
  }
  await refresh();
}

async function makeCode(form) {
  const { kind, ...fields } = Object.fromEntries(new FormData(form));
  const { code, openid } = await call('POST', kind, fields);
  byId('made-code').textContent = code;
  byId('made-openid').textContent = openid;
  byId('made-openid-line').hidden = !openid;
  byId('made').hidden = false;
}

async function endTokens() {
  const { apps } = await call('GET', '/__sim/state');
  for (const { id } of apps) await call('DELETE', '/__sim/access-tokens', { appId: id });
}

async function addFault(form) {
  const { endpoint, fault, times, delayMs, burnsCode } = Object.fromEntries(new FormData(form));
  const numbers = { ...(times && { times: Number(times) }), ...(delayMs && { delayMs: Number(delayMs) }) };
  await call('POST', '/__sim/faults', { endpoint, ...(fault && { fault }), ...numbers, burnsCode: burnsCode === 'on' });
  form.reset();
}

async function resetAll() {
  await call('POST', '/__sim/reset');
  byId('made').hidden = true;
}

/** Falls back to selecting the code where the browser does not give the clipboard away. */
async function copyCode(button) {
  const code = byId('made-code');
  const copied = await navigator.clipboard?.writeText(code.textContent).then(
    () => true,
    () => false,
  );
  if (!copied) return getSelection().selectAllChildren(code);
  const label = [...button.childNodes];
  button.textContent = button.dataset.done;
  setTimeout(() => button.replaceChildren(...label), 1200);
}

function onSubmit(id, work) {
  byId(id).addEventListener('submit', (event) => {
    event.preventDefault();
    void act(() => work(event.target));
  });
}

function onClick(id, work) {
  byId(id).addEventListener('click', (event) => void act(() => work(event.currentTarget)));
}

const setClock = (seconds) => call('PUT', '/__sim/clock', { offsetSeconds: seconds });

onSubmit('code-form', makeCode);
onSubmit('fault-form', addFault);
onClick('copy', copyCode);
onClick('clear-faults', () => call('DELETE', '/__sim/faults'));
onClick('end-tokens', endTokens);
onClick('clock-forward', () => setClock(offsetSeconds + FIVE_MINUTES));
onClick('clock-reset', () => setClock(0));
onClick('reset', resetAll);

byId('address').textContent = location.origin;
void refresh();
setInterval(() => document.hidden || refresh(), REFRESH_MS);
