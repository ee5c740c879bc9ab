import type { Arrow } from '../server/arrow.js';
import type { PhoneNews } from '../phone/report.js';
import { Diagram } from './diagram.js';
import { type Experiment, EXPERIMENTS } from './experiments.js';
import { showLanguage, speak, switchLanguage, type Text } from './language.js';
import { newsOf } from './news.js';
import { PhoneFrame } from './phone-frame.js';
import { PEOPLE, TEXTS } from './texts.js';

const WELCOME: Text = {
  zh: '小程序一打开就静默登录：① 向微信要一个一次性的 code，② 交给服务端，③ 服务端用它向微信换来 openid 和 session_key，④ 再把令牌发给小程序。此后只凭令牌，不再打扰微信。',
  en: 'The mini-program logs in silently as it opens: ① it gets a one-time code from WeChat, ② hands it to the server, ③ which exchanges it at WeChat for an openid and a session_key, ④ and answers with tokens. From then on the tokens are enough.',
};

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

const phone = new PhoneFrame();
const diagram = new Diagram();
const seen = new Map<string, number>();
let watching: EventSource | undefined;

/** Follows what the preview server sees of the phone that is in the frame. */
function watch(): void {
  watching?.close();
  const { name } = phone;
  watching = new EventSource(`/events?phone=${name}&after=${seen.get(name) ?? 0}`);
  watching.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const arrow = JSON.parse(data) as Arrow;
    seen.set(name, arrow.id);
    diagram.add({ at: arrow.at, arrow });
  });
}

function scene(text: Text): void {
  diagram.add({ at: Date.now(), scene: text });
}

function tell(text: Text): void {
  speak(byId('story'), text);
}

async function take(device: string): Promise<void> {
  const taken = phone.take(device);
  watch();
  await taken;
}

function buttonOf(experiment: Experiment): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.id = experiment.id;
  speak(button, experiment.name);
  if (experiment.onName) button.setAttribute('aria-pressed', 'false');
  button.addEventListener('click', () => void runExperiment(experiment, button));
  return button;
}

async function runExperiment(experiment: Experiment, button: HTMLButtonElement): Promise<void> {
  if (button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  const { name, onName = name } = experiment;
  const isOn = button.getAttribute('aria-pressed') !== 'true';
  scene(isOn ? name : onName);
  try {
    tell(await experiment.run(phone, isOn));
  } finally {
    button.setAttribute('aria-disabled', 'false');
  }
  if (!experiment.onName) return;
  button.setAttribute('aria-pressed', String(isOn));
  speak(button, isOn ? onName : name);
}

function chooseDevice(): void {
  const select = byId<HTMLSelectElement>('device');
  for (const [device, text] of Object.entries(PEOPLE)) {
    const option = document.createElement('option');
    option.value = device;
    select.append(speak(option, text));
  }
  select.addEventListener('change', () => {
    scene(PEOPLE[select.value]!);
    void take(select.value);
  });
}

function listenToPhone(): void {
  window.addEventListener('message', ({ origin, data }: MessageEvent<{ phoneNews?: PhoneNews }>) => {
    const news = origin === location.origin && data.phoneNews;
    const drawn = news && newsOf(news);
    if (drawn) diagram.add(drawn);
  });
}

function begin(): void {
  for (const target of document.querySelectorAll<HTMLElement>('[data-text]')) {
    speak(target, TEXTS[target.dataset.text as keyof typeof TEXTS]);
  }
  speak(byId('language'), TEXTS.language).addEventListener('click', switchLanguage);
  byId('clear').addEventListener('click', () => diagram.clear());
  byId('restart').addEventListener('click', () => {
    scene(TEXTS.restart);
    void phone.restart();
  });
  byId('forget').addEventListener('click', () => {
    scene(TEXTS.forget);
    void phone.forget();
  });
  byId('experiments').append(...EXPERIMENTS.map(buttonOf));
  chooseDevice();
  listenToPhone();
  tell(WELCOME);
  showLanguage();
  void take(byId<HTMLSelectElement>('device').value);
}

begin();
