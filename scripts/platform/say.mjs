// What people read while a command works: Chinese first, then English.
const LINE_WIDTH = 110;

/** Two short halves share a line; a long pair gets a line each, because a terminal would cut it in mid-word. */
export function both(zh, en) {
  const halves = `${zh} · ${en}`;
  return halves.length + zh.length > LINE_WIDTH || halves.includes('\n') ? `${zh}\n${en}` : halves;
}

/** Goes to stderr, so that stdout stays what a program may read: a URL, JSON, the closing line of the tests. */
export function say(zh, en) {
  console.error(both(zh, en));
}

/** An error whose text is meant for people: `command` prints it without a stack. */
export class Trouble extends Error {
  constructor(zh, en, detail = '') {
    super(both(zh, en) + (detail && `\n${detail}`));
  }
}

/** Elapsed time the way every message shows it. */
export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Says what begins, then every ten seconds that it still goes on (a silent minute looks like a hang), then its time. */
export async function narrate([zh, en], work, detail = () => '') {
  const began = performance.now();
  say(`${zh}…`, `${en}…`);
  const tell = () =>
    console.error(`  … ${zh} · ${en} ${Math.round((performance.now() - began) / 1000)} s ${detail()}`.trimEnd());
  const timer = setInterval(tell, 10_000);
  try {
    const result = await work();
    console.error(`✓ ${zh} · ${en} ${seconds(began)}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
