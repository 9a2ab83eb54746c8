import type { RequestRecord } from "@streamcard/emulator";

/** Component of a card, or text object in a component. */
export interface CardNode {
  readonly tag?: string;
  readonly element_id?: string;
  readonly content?: string;
  readonly [field: string]: unknown;
}

/** Calls back for every object of a card that has a tag, in the order of the document. */
export function walk(value: unknown, visit: (node: CardNode) => void): void {
  if (typeof value !== "object" || value === null) return;
  if ("tag" in value) visit(value as CardNode);
  for (const child of Object.values(value)) walk(child, visit);
}

export interface BatchAction {
  readonly action: string;
  readonly params: {
    readonly type?: string;
    readonly target_element_id?: string;
    readonly elements?: readonly CardNode[];
    readonly element?: CardNode;
    readonly element_id?: string;
    readonly element_ids?: readonly string[];
    readonly partial_element?: CardNode;
  };
}

type CardContent =
  | { readonly type: "card"; readonly card: CardNode }
  | { readonly type: "actions"; readonly actions: readonly BatchAction[] };

/** Parsed contents by request body, because several checks read each request. */
const contents = new WeakMap<object, CardContent>();

/** Reads the components that a request puts on a card: all of them, or those of a batch's actions. */
export function contentOf({
  operation,
  body,
}: Pick<RequestRecord, "operation" | "body">): CardContent | undefined {
  if (operation !== "create" && operation !== "update" && operation !== "batch") return undefined;
  const fields = body as CardBody;
  const content = contents.get(fields) ?? read(operation, fields);
  contents.set(fields, content);
  return content;
}

interface CardBody {
  readonly data?: string;
  readonly card?: { readonly data?: string };
  readonly actions?: string;
}

function read(operation: "create" | "update" | "batch", { data, card, actions }: CardBody): CardContent {
  if (operation === "batch") return { type: "actions", actions: JSON.parse(actions ?? "[]") };
  return { type: "card", card: JSON.parse(card?.data ?? data ?? "{}") };
}

/** Ids on a card in the order of the document, as its accepted operations left them. */
export class CardTree {
  #root: Branch = { id: undefined, branches: [] };

  replace(card: CardNode): void {
    this.#root = { id: undefined, branches: branchesOf(card) };
  }

  apply({ action, params }: BatchAction): void {
    const target = params.target_element_id ?? "";
    if (action === "add_elements") {
      const added = branchesOf(params.elements);
      if (params.type === "append") this.#find(target).self.branches.push(...added);
      else {
        const { siblings, at } = this.#find(target);
        siblings.splice(params.type === "insert_before" ? at : at + 1, 0, ...added);
      }
    } else if (action === "delete_elements") {
      for (const id of params.element_ids ?? []) {
        const { siblings, at } = this.#find(id);
        siblings.splice(at, 1);
      }
    } else if (action === "update_element") {
      const { siblings, at } = this.#find(params.element_id ?? "");
      siblings.splice(at, 1, ...branchesOf(params.element));
    }
  }

  ids(): string[] {
    const ids: string[] = [];
    const visit = ({ id, branches }: Branch): void => {
      if (id !== undefined) ids.push(id);
      branches.forEach(visit);
    };
    visit(this.#root);
    return ids;
  }

  #find(id: string): Found {
    if (id === "") return { self: this.#root, siblings: [], at: 0 };
    const search = (parent: Branch): Found | undefined => {
      for (const [at, self] of parent.branches.entries()) {
        if (self.id === id) return { self, siblings: parent.branches, at };
        const found = search(self);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const found = search(this.#root);
    if (found === undefined) throw new Error(`There is no element ${id} on the card.`);
    return found;
  }
}

interface Branch {
  readonly id: string | undefined;
  readonly branches: Branch[];
}

/** Finds the nearest components below a value that have an id. */
function branchesOf(value: unknown): Branch[] {
  if (typeof value !== "object" || value === null) return [];
  if ("element_id" in value && typeof value.element_id === "string") {
    return [{ id: value.element_id, branches: Object.values(value).flatMap(branchesOf) }];
  }
  return Object.values(value).flatMap(branchesOf);
}

interface Found {
  readonly self: Branch;
  readonly siblings: Branch[];
  readonly at: number;
}
