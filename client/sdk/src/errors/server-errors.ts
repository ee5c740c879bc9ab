export type ServerErrorCode = string;
