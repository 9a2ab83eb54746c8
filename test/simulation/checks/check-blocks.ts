import type { CardSnapshot } from "@streamcard/emulator";
import type { BlockPlan } from "../scenario/block-plan.ts";
import { type CardNode, walk } from "./card-tree.ts";
import type { Delivered } from "./delivered.ts";
import { isProse, platformTagIn } from "./platform-tags.ts";

/** Checks that no block of a finalized card still says that it goes on, and that none is missing (P2). */
export function checkBlocks({ said, result, cards, gone }: Delivered, plan: BlockPlan | undefined): string[] {
  const isDrawn = result.finalizedBy === "changes" || result.finalizedBy === "replace";
  if (result.delivery !== "card" || !isDrawn || gone.size > 0) return [];
  const last = cards.at(-1);
  const problems = cards.flatMap((card) =>
    componentsOf(card).flatMap((node) => goingOn(node, plan?.show.reasoning === "fold" && card === last)),
  );
  if (plan === undefined) return problems;
  const all = cards.flatMap(componentsOf);
  const tools = said.reduce((sum, run) => sum + (run.tools?.length ?? 0), 0);
  const rows = all.filter(({ element_id = "" }) => /^sc_tool_\d+$/.test(element_id)).length;
  const counted = numberIn(all, /^sc_tool_count_\d+$/);
  if (plan.show.tools !== "hide" && rows + counted !== tools) {
    problems.push(`${rows} tool calls are shown and ${counted} counted, of ${tools}`);
  }
  const sources = new Set(said.flatMap((run) => run.sources ?? []));
  const linked = numberIn(all, /^sc_sources$/);
  if (linked !== sources.size) problems.push(`${linked} sources are named, of ${sources.size}`);
  const footers = all.filter(({ element_id }) => element_id === "sc_footer").length;
  const wanted = plan.show.footer && plan.show.layout !== "drops" ? 1 : 0;
  if (footers !== wanted) problems.push(`${footers} footers are shown, where ${wanted} should be`);
  return problems;
}

/** Describes a component that still says that it goes on, although the card is final. */
function goingOn(node: CardNode, isFolded: boolean): string[] {
  const { element_id: id = "", expanded, behaviors } = node;
  const words = textOf(node);
  const problems: string[] = [];
  if (/^sc_reasoning_\d+$/.test(id)) {
    if (words.startsWith("思考中")) problems.push(`${id} is still thinking`);
    if (isFolded && expanded === true) problems.push(`${id} was not folded`);
  }
  if (/^sc_tool_\d+$/.test(id) && / · (?:准备中|进行中)…/.test(words))
    problems.push(`${id} is still running: ${words}`);
  if (/^sc_lane_\d+$/.test(id) && />(?:排队中|生成中…)</.test(words)) problems.push(`${id} is still open`);
  const foreign = node.tag === "markdown" && !isProse(id) ? platformTagIn(node.content ?? "") : undefined;
  // The status names the person who stopped the run with a tag of the platform.
  if (foreign !== undefined && id !== "sc_status") problems.push(`${id} holds the tag ${foreign}`);
  const actions = Array.isArray(behaviors) ? behaviors.map(({ value }) => value?.action) : [];
  if (actions.includes("stop")) problems.push("the card is final, and can still be stopped");
  return problems.map((problem) => `P2: ${problem}`);
}

function componentsOf({ json }: CardSnapshot): CardNode[] {
  const nodes: CardNode[] = [];
  walk(json.body, (node) => nodes.push(node));
  return nodes;
}

/** Reads the first text in a component, which is its title if it has one. */
function textOf(node: CardNode): string {
  let first: string | undefined;
  walk(node, ({ content }) => {
    first ??= content;
  });
  return first ?? "";
}

/** Adds up the first number in each component of a kind. */
function numberIn(nodes: readonly CardNode[], kind: RegExp): number {
  const found = nodes.filter(({ element_id = "" }) => kind.test(element_id)).map(textOf);
  return found.reduce((sum, words) => sum + Number(/\d+/.exec(words)?.[0] ?? 0), 0);
}
