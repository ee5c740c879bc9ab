import { Refusal } from '../http/refusal.js';

interface Text {
  readonly matches: RegExp;
  readonly says: string;
}

interface Range {
  readonly min: number;
  readonly max: number;
}

/** The JSON object of a request, read field by field; what does not fit is refused with the field's name. */
export class Fields {
  private constructor(private readonly values: ReadonlyMap<string, unknown>) {}

  /** An empty body counts as an object without fields. */
  static parse(body: string): Fields {
    const value = body ? parseJson(body) : {};
    if (!isObject(value)) throw new Refusal(400, 'the body must be a JSON object');
    return new Fields(new Map(Object.entries(value)));
  }

  /** Refuses fields that nobody will read, such as a misspelt one. */
  allow(...names: string[]): void {
    for (const name of this.values.keys()) {
      if (!names.includes(name)) throw new Refusal(400, `unknown field "${name}"; known are ${names.join(', ')}`);
    }
  }

  text(name: string, rule: Text): string {
    return this.optionalText(name, rule) ?? missing(name);
  }

  optionalText(name: string, { matches, says }: Text): string | undefined {
    const value = this.values.get(name);
    if (value === undefined || (typeof value === 'string' && matches.test(value))) return value;
    throw new Refusal(400, `"${name}" must be ${says}`);
  }

  integer(name: string, range: Range): number {
    return this.optionalInteger(name, range) ?? missing(name);
  }

  optionalInteger(name: string, { min, max }: Range): number | undefined {
    const value = this.values.get(name);
    if (value === undefined || (isInteger(value) && value >= min && value <= max)) return value;
    throw new Refusal(400, `"${name}" must be a whole number from ${min} to ${max}`);
  }

  optionalObject(name: string): Record<string, unknown> | undefined {
    const value = this.values.get(name);
    if (value === undefined || isObject(value)) return value;
    throw new Refusal(400, `"${name}" must be a JSON object`);
  }

  optionalFlag(name: string): boolean | undefined {
    const value = this.values.get(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw new Refusal(400, `"${name}" must be true or false`);
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, 'the body is not valid JSON');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function missing(name: string): never {
  throw new Refusal(400, `"${name}" is missing`);
}
