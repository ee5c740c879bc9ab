/** What the browser is given under one address. */
export interface File {
  readonly type: string;
  readonly body: string | Buffer;
}

/** Looks a file up by its address; undefined where there is none. */
export interface Files {
  get(pathname: string): Promise<File | undefined>;
}
