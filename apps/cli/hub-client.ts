import { CommandError } from './failure.ts';

/** Speaks with the hub that runs on a data directory, as the person at this machine. */
export interface HubClient {
  /** The same, for what is only read. */
  get(path: string): Promise<unknown>;
  /** Answers what the hub answers. Throws `HubRefusedError` with the hub's own code, and `CommandError` when there is no answer. */
  post(path: string, body: object): Promise<unknown>;
}

/** What the hub did not do, and why: code and sentence are the hub's. */
export class HubRefusedError extends CommandError {
  /** Problems of single fields, where that is what was wrong. */
  readonly fields: readonly string[];

  constructor(code: string, message: string, fields: readonly string[]) {
    super(code, message);
    this.fields = fields;
  }
}

export function connectToHub(address: string): HubClient {
  async function ask(path: string, request: RequestInit): Promise<unknown> {
    const response = await fetch(new URL(path, address), request).catch(() => {
      throw new CommandError(
        'hub-not-reachable',
        `A hub runs on this data directory, but does not answer at ${address}: wait until it has started, or look at its log.`,
      );
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer;
    throw refusalOf(answer, response.status);
  }

  return {
    get: (path) => ask(path, {}),
    post: (path, body) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'khop-actor': 'khop' },
        body: JSON.stringify(body),
      }),
  };
}

function refusalOf(answer: unknown, status: number): HubRefusedError {
  const problem = isObject(answer) ? answer : {};
  const { code, detail, title, errors } = problem;
  const said = typeof detail === 'string' ? detail : title;
  const fields = Array.isArray(errors) ? errors.flatMap(fieldProblem) : [];
  return new HubRefusedError(
    typeof code === 'string' ? code : 'hub-refused',
    typeof said === 'string' ? said : `The hub refused with status ${status}.`,
    fields,
  );
}

function fieldProblem(error: unknown): readonly string[] {
  if (!isObject(error) || typeof error['field'] !== 'string' || !Array.isArray(error['problems'])) return [];
  return [`${error['field']}: ${error['problems'].join(', ')}`];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
