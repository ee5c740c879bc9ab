import type { Clock } from './clock.js';

/** How long `wx.login`, the phone button and `wx.pluginLogin` let their codes live. */
export const CODE_LIFETIME_MS = 5 * 60_000;

/** Something that WeChat gave out for a time, and what it stands for. */
export interface IssuedCode<Subject> {
  readonly code: string;
  readonly subject: Subject;
  readonly issuedAt: number;
  readonly expiresAt: number;
  used: boolean;
}

/** The codes that have not expired; a used one is kept, because WeChat can tell used from unknown. */
export class IssuedCodes<Subject> {
  private readonly byCode = new Map<string, IssuedCode<Subject>>();

  constructor(
    private readonly clock: Clock,
    private readonly lifetimeMs = CODE_LIFETIME_MS,
  ) {}

  issue(code: string, subject: Subject): IssuedCode<Subject> {
    this.forgetExpired();
    const issuedAt = this.clock.now();
    const issued = { code, subject, issuedAt, expiresAt: issuedAt + this.lifetimeMs, used: false };
    this.byCode.set(code, issued);
    return issued;
  }

  find(code: string): IssuedCode<Subject> | undefined {
    const issued = this.byCode.get(code);
    return issued && !this.hasExpired(issued) ? issued : undefined;
  }

  /** The newest codes that have not expired, oldest of them first. */
  latest(count: number): IssuedCode<Subject>[] {
    return [...this.byCode.values()].filter((issued) => !this.hasExpired(issued)).slice(-count);
  }

  private forgetExpired(): void {
    for (const issued of this.byCode.values()) {
      if (!this.hasExpired(issued)) return; // the rest is younger
      this.byCode.delete(issued.code);
    }
  }

  private hasExpired({ expiresAt }: IssuedCode<Subject>): boolean {
    return this.clock.now() >= expiresAt;
  }
}
