import type { CardResult, Clock } from "@streamcard/core";
import type { BotMessage } from "../platform/platform-types.ts";
import {
  type ConversationMessage,
  type ConversationStore,
  memoryConversationStore,
} from "./conversation-store.ts";
import { fieldsOf } from "./fields-of.ts";
import { responseMessages } from "./response-messages.ts";
import { settledMessages } from "./settled-messages.ts";

/** A person's decision on one tool call that asked for approval. */
export interface ApprovalDecision {
  /** Id of the run's `tool-approval-request`. */
  readonly approvalId: string;
  readonly isApproved: boolean;
}

/** The fields of a message that its history is made from. */
export type Question = Pick<BotMessage, "id" | "conversationId" | "text" | "resources">;

/** The histories of conversations, turn by turn: a question, and everything that was answered to it. */
export class Conversations {
  readonly #store: ConversationStore;

  constructor(store: ConversationStore = memoryConversationStore()) {
    this.#store = store;
  }

  /** Begins the turn of a question, or begins it again: earlier answers to it are forgotten. */
  async begin(question: Question): Promise<void> {
    await this.#write(question, [{ role: "user", content: wordsOf(question) }]);
  }

  /** Reads the conversation up to a question, and the answers to it so far. */
  async history(question: Question): Promise<ConversationMessage[]> {
    const turns = await this.#store.read(question.conversationId);
    const at = turns.findIndex(({ id }) => id === question.id);
    const own = turns[at]?.messages ?? [{ role: "user", content: wordsOf(question) }];
    const before = at < 0 ? turns : turns.slice(0, at);
    return [...before.flatMap((turn) => settledMessages(turn.messages)), ...own];
  }

  /**
   * Adds an answer to the turn of its question.
   *
   * @param source The run that was shown, which may have messages of its own.
   */
  async addAnswer(
    question: Question,
    { result, source, clock }: { result: CardResult; source: unknown; clock: Clock },
  ): Promise<void> {
    const added = await responseMessages(result, source, clock);
    if (added.length > 0) await this.#add(question, added);
  }

  /**
   * Adds a decision to the turn of its question.
   *
   * @returns the decisions with which the run can go on, or `undefined` while another approval is missing.
   */
  async decide(
    question: Question,
    { approvalId, isApproved }: ApprovalDecision,
  ): Promise<readonly ApprovalDecision[] | undefined> {
    const requested = approvals(await this.#turn(question), "tool-approval-request");
    // Some sources keep no requests in their messages: such a run goes on with this one decision.
    if (!requested.has(approvalId)) return [{ approvalId, isApproved }];
    const response = { type: "tool-approval-response", approvalId, approved: isApproved };
    await this.#add(question, [{ role: "tool", content: [response] }]);
    const decided = approvals(await this.#turn(question), "tool-approval-response");
    if ([...requested.keys()].some((id) => !decided.has(id))) return undefined;
    return [...decided].map(([id, part]) => ({ approvalId: id, isApproved: part.approved === true }));
  }

  async #add(question: Question, messages: readonly ConversationMessage[]): Promise<void> {
    await this.#write(question, [...(await this.#turn(question)), ...messages]);
  }

  async #turn({ conversationId, id }: Question): Promise<readonly ConversationMessage[]> {
    const turns = await this.#store.read(conversationId);
    return turns.find((turn) => turn.id === id)?.messages ?? [];
  }

  async #write({ conversationId, id }: Question, messages: readonly ConversationMessage[]): Promise<void> {
    await this.#store.write(conversationId, { id, messages });
  }
}

/** Says a message to a model in words. Of images and files only their kind and name are told. */
function wordsOf({ text, resources }: Question): string {
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
