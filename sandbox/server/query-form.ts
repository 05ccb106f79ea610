import { AwsError } from '../kernel/aws-error';

type Tree = { [name: string]: Tree | string };

/**
 * The form of the query protocol as nested members: `Tags.member.1.Key=a` becomes `{ Tags: [{ Key: 'a' }] }`.
 * `Action` and `Version` are left out. All leaves are strings.
 */
export function parseQueryForm(form: URLSearchParams): Record<string, unknown> {
  const root: Tree = Object.create(null) as Tree;
  for (const [name, value] of form) {
    if (name === 'Action' || name === 'Version') continue;
    insert(root, name.split('.'), value);
  }
  return Object.fromEntries(Object.entries(root).map(([name, node]) => [name, plain(node)]));
}

function insert(root: Tree, path: readonly string[], value: string): void {
  let node = root;
  for (const [index, part] of path.entries()) {
    if (index === path.length - 1) {
      node[part] = value;
      return;
    }
    const next = node[part] ?? (Object.create(null) as Tree);
    if (typeof next === 'string')
      throw new AwsError('MalformedQueryString', `${path.join('.')} contradicts an earlier parameter`, 400);
    node[part] = next;
    node = next;
  }
}

function plain(node: Tree | string): unknown {
  if (typeof node === 'string') return node;
  const members = node['member'];
  if (members !== undefined && typeof members !== 'string') {
    return Object.entries(members)
      .sort(([left], [right]) => Number(left) - Number(right))
      .map(([, item]) => plain(item));
  }
  return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, plain(child)]));
}
