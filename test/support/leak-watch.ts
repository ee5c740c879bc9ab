const SESSION_KEY = /[A-Za-z0-9+/]{22}==/; // base64 of 16 bytes: nothing else of ours looks like it
const ALWAYS_SECRET = /session_key/i;

/** One answer of the server, as its client got it. */
export interface SeenAnswer {
  route: string;
  body: string;
}

/**
 * Remembers every secret that a test hands in or gets, and every line and answer the server wrote. When the test file
 * is over it says which secrets got out.
 */
export class LeakWatch {
  private readonly secrets = new Map<string, string>();
  private readonly tokens = new Set<string>();
  private readonly answers: SeenAnswer[] = [];
  readonly lines: string[] = [];

  /** Something that may appear in no line and no answer. */
  keepSecret(what: string, value: unknown): void {
    if (typeof value === 'string' && value.length >= 6) this.secrets.set(value, what);
  }

  seeAnswer(answer: SeenAnswer): void {
    this.answers.push(answer);
    for (const [token] of answer.body.matchAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+|wxr1_[\w-]+/g)) this.tokens.add(token);
  }

  leaks(): string[] {
    return [...this.leaksInLines(), ...this.leaksInAnswers()];
  }

  private leaksInLines(): string[] {
    return this.lines.flatMap((line) => [
      ...[...this.secrets].flatMap(([value, what]) => (line.includes(value) ? [`${what} in the log: ${line}`] : [])),
      ...[...this.tokens].flatMap((token) => (line.includes(token) ? [`a token in the log: ${line}`] : [])),
      ...(SESSION_KEY.test(line) || ALWAYS_SECRET.test(line) ? [`a session_key in the log: ${line}`] : []),
    ]);
  }

  private leaksInAnswers(): string[] {
    return this.answers.flatMap(({ route, body }) => [
      ...[...this.secrets].flatMap(([value, what]) =>
        body.includes(value) ? [`${what} in the answer of ${route}`] : [],
      ),
      ...(SESSION_KEY.test(body) || ALWAYS_SECRET.test(body) ? [`a session_key in the answer of ${route}`] : []),
    ]);
  }
}
