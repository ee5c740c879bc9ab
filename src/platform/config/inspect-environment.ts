import type { Environment } from './environment.js';
import { ConfigurationError, readEnvironment } from './load-environment.js';
import { problemsWith } from './production-rules.js';

/** Everything that can be said about the environment of one process. */
export interface EnvironmentReport {
  /** The configuration without what is wrong with it; null when there is none to speak of. */
  environment: Environment | null;
  /** Names of the variables that are wrong: their defaults stand in `environment`. */
  wrong: Set<string>;
  /** What keeps the server from starting, each naming a variable, never its value. */
  problems: string[];
  /** What production would refuse, where this is not production. */
  warnings: string[];
}

/** Looks at the environment to the end, where `loadEnvironment` stops at what is wrong. */
export function inspectEnvironment(variables: NodeJS.ProcessEnv = process.env): EnvironmentReport {
  const { environment, problems } = readWhatIsRight(variables);
  const wrong = new Set(
    problems.flatMap((problem) => problem.match(/\b[A-Z]+(?:_[A-Z]+)+\b|\bPORT\b|\bHOST\b/g) ?? []),
  );
  const refusals = environment ? problemsWith(environment) : [];
  return environment?.isProduction
    ? { environment, wrong, problems: [...problems, ...refusals], warnings: [] }
    : { environment, wrong, problems, warnings: refusals };
}

function readWhatIsRight(variables: NodeJS.ProcessEnv): { environment: Environment | null; problems: string[] } {
  try {
    return { environment: readEnvironment(variables), problems: [] };
  } catch (error) {
    const problems = problemsOf(error);
    const named = problems.join(' ');
    const right = Object.entries(variables).filter(([name]) => !named.includes(name));
    return { environment: readQuietly(Object.fromEntries(right)), problems };
  }
}

function readQuietly(variables: NodeJS.ProcessEnv): Environment | null {
  try {
    return readEnvironment(variables);
  } catch {
    return null;
  }
}

function problemsOf(error: unknown): string[] {
  if (error instanceof ConfigurationError) return error.problems;
  return [`DATA_DIR: ${(error as NodeJS.ErrnoException).code ?? 'cannot be used'}`]; // where the secret of development is kept
}
