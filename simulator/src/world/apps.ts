/** A mini-program; two with the same openPlatform give one user the same unionid. */
export interface App {
  readonly id: string;
  readonly secret: string;
  /** Changes when the app is bound to an Open Platform account later. */
  openPlatform?: string;
}

/** The mini-programs that exist, each a copy of what was given, so that a reset brings the given one back. */
export class Apps {
  private readonly byId = new Map<string, App>();

  constructor(apps: readonly App[]) {
    if (apps.length === 0) throw new Error('the simulator needs at least one app');
    for (const app of apps) this.add({ ...app });
  }

  find(id: string): App | undefined {
    return this.byId.get(id);
  }

  /** Every app in the order given; the first is the one meant when a caller names none. */
  all(): readonly [App, ...App[]] {
    return [...this.byId.values()] as [App, ...App[]];
  }

  private add(app: App): void {
    if (!/^\w{1,64}$/.test(app.id)) throw new Error('an app id is 1 to 64 letters, digits or underscores');
    if (app.secret === '') throw new Error(`app ${app.id} has an empty secret`);
    if (this.byId.has(app.id)) throw new Error(`app ${app.id} is given twice`);
    this.byId.set(app.id, app);
  }
}
