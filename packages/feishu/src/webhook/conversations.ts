import type { CardResult, Clock } from "@streamcard/core";
import { fieldsOf } from "../api/feishu-client.ts";
import {
  type ConversationMessage,
  type ConversationStore,
  memoryConversationStore,
} from "./conversation-store.ts";
import type { MessageFacts } from "./feishu-message.ts";
import { responseMessages } from "./response-messages.ts";
import { settledMessages } from "./settled-messages.ts";

export interface ApprovalDecision {
  readonly approvalId: string;
  readonly isApproved: boolean;
}

/** What was said in conversations, turn by turn: a question, and what came of it. */
export class Conversations {
  readonly #store: ConversationStore;

  constructor(store: ConversationStore = memoryConversationStore()) {
    this.#store = store;
  }

  /** A question is asked, or asked again: what was answered to it before is forgotten. */
  async begin(question: MessageFacts): Promise<void> {
    await this.#write(question, [{ role: "user", content: wordsOf(question) }]);
  }

  /** Everything up to a question, and what was answered to it so far. */
  async history(question: MessageFacts): Promise<ConversationMessage[]> {
    const turns = await this.#store.read(question.conversationId);
    const at = turns.findIndex(({ id }) => id === question.id);
    const own = turns[at]?.messages ?? [{ role: "user", content: wordsOf(question) }];
    const before = at < 0 ? turns : turns.slice(0, at);
    return [...before.flatMap((turn) => settledMessages(turn.messages)), ...own];
  }

  async addAnswer(
    question: MessageFacts,
    { result, run, clock }: { result: CardResult; run: unknown; clock: Clock },
  ): Promise<void> {
    const added = await responseMessages(result, run, clock);
    if (added.length > 0) await this.#add(question, added);
  }

  /**
   * Notes a decision.
   *
   * @returns the decisions with which the run can go on, or `undefined` while another approval is missing.
   */
  async decide(
    question: MessageFacts,
    { approvalId, isApproved }: ApprovalDecision,
  ): Promise<readonly ApprovalDecision[] | undefined> {
    const requested = approvals(await this.#turn(question), "tool-approval-request");
    // Not every producer tells its requests: such a run goes on with what was decided.
    if (!requested.has(approvalId)) return [{ approvalId, isApproved }];
    const response = { type: "tool-approval-response", approvalId, approved: isApproved };
    await this.#add(question, [{ role: "tool", content: [response] }]);
    const decided = approvals(await this.#turn(question), "tool-approval-response");
    if ([...requested.keys()].some((id) => !decided.has(id))) return undefined;
    return [...decided].map(([id, part]) => ({ approvalId: id, isApproved: part.approved === true }));
  }

  async #add(question: MessageFacts, messages: readonly ConversationMessage[]): Promise<void> {
    await this.#write(question, [...(await this.#turn(question)), ...messages]);
  }

  async #turn({ conversationId, id }: MessageFacts): Promise<readonly ConversationMessage[]> {
    const turns = await this.#store.read(conversationId);
    return turns.find((turn) => turn.id === id)?.messages ?? [];
  }

  async #write(
    { conversationId, id }: MessageFacts,
    messages: readonly ConversationMessage[],
  ): Promise<void> {
    await this.#store.write(conversationId, { id, messages });
  }
}

/** What a model is told of a message. Of images and files it learns that they are there. */
function wordsOf({ text, resources }: MessageFacts): string {
  const marks = resources.map(({ type, key, name }) => `[${type}: ${name ?? key}]`);
  return [text, ...marks].filter((part) => part !== "").join("\n");
}

function approvals(
  messages: readonly ConversationMessage[],
  type: "tool-approval-request" | "tool-approval-response",
): Map<string, Readonly<Record<string, unknown>>> {
  const found = new Map<string, Readonly<Record<string, unknown>>>();
  for (const { content } of messages) {
    if (typeof content === "string") continue;
    for (const item of content) {
      const part = fieldsOf(item) ?? {};
      if (part.type === type && typeof part.approvalId === "string") found.set(part.approvalId, part);
    }
  }
  return found;
}
