import type { SeenCard } from "@streamcard/feishu/testing";
import { z } from "zod";
import type { CardDesk } from "./card-desk.ts";
import type { Line } from "./lines.ts";
import { finish, type ModelOptions, type ModelStep, scriptedModel, toolCall } from "./scripted-model.ts";

export const question = { messages: [{ role: "user", content: "北京天气？" }] } as never;

/** A call of the tool, then the answer: what an agent's model says. */
export const twoCalls: readonly (readonly ModelStep[])[] = [
  ["查一下。", ...toolCall("weather", { city: "北京" }), finish("tool_calls")],
  ["北京", { waitMs: 300 }, "是晴天。", finish("stop")],
];

export interface AgentOptions extends Partial<ModelOptions> {
  /** Body of the tool. @defaultValue takes half a second */
  readonly weather?: () => unknown;
}

export function weatherTool(line: Line, run: () => unknown, name = "weather") {
  return line.tools.tool(async () => run(), {
    name,
    description: "The weather of a city",
    schema: z.object({ city: z.string() }),
  });
}

/** An agent with one tool. */
export function weatherAgent(
  line: Line,
  desk: CardDesk,
  { calls = twoCalls, weather, ...options }: AgentOptions = {},
) {
  const run = weather ?? (() => desk.clock.sleep(500).then(() => "晴"));
  return line.prebuilt.createReactAgent({
    llm: scriptedModel(line, { clock: desk.clock, calls, ...options }),
    tools: [weatherTool(line, run)],
  });
}

/** A graph of nodes that run one after the other, each of which returns an update of the messages. */
export function graphOf(
  line: Line,
  nodes: Readonly<Record<string, (state: never, config: never) => unknown>>,
  nodeOptions: object = {},
) {
  const { StateGraph, MessagesAnnotation, START, END } = line.langgraph;
  const graph = new StateGraph(MessagesAnnotation) as unknown as {
    addNode(name: string, node: unknown, options: object): void;
    addEdge(from: string, to: string): void;
    compile(options?: object): ReturnType<typeof weatherAgent>;
  };
  const names = Object.keys(nodes);
  for (const [name, node] of Object.entries(nodes)) graph.addNode(name, node, nodeOptions);
  for (const [at, name] of names.entries()) graph.addEdge(names[at - 1] ?? START, name);
  graph.addEdge(names.at(-1) ?? START, END);
  return graph;
}

export const whole = ["查一下。", "北京是晴天。"];

/** A card that is done. */
export function done(texts: readonly string[], status = "已完成"): SeenCard {
  return { texts, status, streaming: false, finalizations: 1 };
}

export async function drain<Chunk>(
  stream: AsyncIterable<Chunk> | PromiseLike<AsyncIterable<Chunk>>,
): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of await stream) chunks.push(chunk);
  return chunks;
}

/** Waits for a promise. @returns Its value, or the error it rejects with. */
export async function outcome(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return error;
  }
}
