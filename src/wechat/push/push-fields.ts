import { XMLParser } from 'fast-xml-parser';
import { RequestInvalidError } from '../../platform/errors/request.errors.js';
import type { PushSettings } from './push.config.js';

/** The fields of a body by their names in lower case: WeChat's own samples spell them in three ways. */
export type PushFields = ReadonlyMap<string, unknown>;

// Values stay text, and entities stay as they are written: none is ever expanded.
const XML = new XMLParser({ ignoreAttributes: true, parseTagValue: false, processEntities: false, ignorePiTags: true });
const DTD = /<!(?:DOCTYPE|ENTITY)/i;

/**
 * Reads a body in the one format that is configured.
 * @throws RequestInvalidError for anything else
 */
export function readFields(format: PushSettings['format'], text: string): PushFields {
  const fields = format === 'json' ? readJson(text) : readXml(text);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) throw new RequestInvalidError();
  return new Map(Object.entries(fields).map(([name, value]) => [name.trim().toLowerCase(), value]));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RequestInvalidError({ cause });
  }
}

function readXml(text: string): unknown {
  if (DTD.test(text)) throw new RequestInvalidError();
  try {
    const { xml } = XML.parse(text, true) as { xml?: unknown };
    return xml;
  } catch (cause) {
    throw new RequestInvalidError({ cause });
  }
}
