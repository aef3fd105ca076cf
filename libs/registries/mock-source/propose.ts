export type Proposal =
  | { readonly ok: true; readonly content: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly path: string };

type Node = Record<string, unknown> | unknown[];

const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * A copy of the content with proposed values at their paths: parts joined with a dot, places in an array as numbers. An
 * object that isn't there yet is made; a place that an array doesn't have is refused with its path. `null` takes a value away.
 */
export function applyProposal(
  content: Readonly<Record<string, unknown>>,
  proposed: Readonly<Record<string, unknown>>,
): Proposal {
  const copy = structuredClone(content);
  for (const [path, value] of Object.entries(proposed)) {
    if (!set(copy, path.split('.'), value)) return { ok: false, path };
  }
  return { ok: true, content: copy };
}

function set(root: Record<string, unknown>, parts: readonly string[], value: unknown): boolean {
  let node: Node = root;
  for (const part of parts.slice(0, -1)) {
    if (!hasPlace(node, part)) return false;
    const next: unknown = get(node, part);
    if (isNode(next)) node = next;
    else if (next === undefined || next === null) node = put(node, part, {});
    else return false;
  }
  const last = parts.at(-1) ?? '';
  if (!hasPlace(node, last)) return false;
  if (value === null && !Array.isArray(node)) Reflect.deleteProperty(node, last);
  else put(node, last, value);
  return true;
}

function hasPlace(node: Node, part: string): boolean {
  if (part === '' || FORBIDDEN.has(part)) return false;
  return !Array.isArray(node) || (/^[0-9]{1,4}$/.test(part) && Number(part) < node.length);
}

function get(node: Node, part: string): unknown {
  return Array.isArray(node) ? node[Number(part)] : node[part];
}

function put<T>(node: Node, part: string, value: T): T {
  if (Array.isArray(node)) node[Number(part)] = value;
  else node[part] = value;
  return value;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
