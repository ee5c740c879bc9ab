export type ServerErrorCode = string;
export const SERVER_TEXTS = ``;
