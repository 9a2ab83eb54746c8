import { fieldsOf, stringOf } from "../api/feishu-client.ts";

/** An image or a file in a message, fetched by its key. */
export interface MessageResource {
  readonly type: "image" | "file" | "audio" | "video" | "sticker";
  /** `image_key` or `file_key`, for the platform's "get resource file" API. */
  readonly key: string;
  readonly name?: string;
}

/** A mention of a person or a bot. */
export interface MessageMention {
  /** Placeholder of the mention in the platform's text: `@_user_1`. */
  readonly key: string;
  readonly name: string;
  readonly openId?: string;
  readonly isBot: boolean;
  /** True for the bot that received the message. */
  readonly isSelf: boolean;
}

export interface MessageContent {
  /** Words, as Markdown where they were formatted. Others' mentions are `@name`; the bot's own are gone. */
  readonly text: string;
  readonly resources: readonly MessageResource[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the content of a received message.
 *
 * @see https://open.feishu.cn/document/server-docs/im-v1/message-content-description/message_content
 */
export function readMessageContent(
  messageType: string,
  content: string,
  mentions: readonly MessageMention[],
): MessageContent {
  const fields = parse(content);
  const reader = new ContentReader(mentions);
  switch (messageType) {
    case "text":
      return reader.result(reader.mentioned(stringOf(fields.text) ?? ""));
    case "post":
      return reader.result(reader.post(fields));
    case "image":
      reader.add("image", fields.image_key);
      break;
    case "file":
    case "folder":
      reader.add("file", fields.file_key, fields.file_name);
      break;
    case "audio":
      reader.add("audio", fields.file_key);
      break;
    case "media":
      reader.add("video", fields.file_key, fields.file_name);
      break;
    case "sticker":
      reader.add("sticker", fields.file_key);
      break;
  }
  return reader.result("");
}

class ContentReader {
  readonly #resources: MessageResource[] = [];
  readonly #mentions: ReadonlyMap<string, MessageMention>;

  constructor(mentions: readonly MessageMention[]) {
    this.#mentions = new Map(mentions.map((mention) => [mention.key, mention]));
  }

  result(text: string): MessageContent {
    return { text: text.trim(), resources: this.#resources };
  }

  add(type: MessageResource["type"], key: unknown, name?: unknown): void {
    const known = stringOf(key);
    const named = stringOf(name);
    if (known === undefined) return;
    this.#resources.push({ type, key: known, ...(named !== undefined && { name: named }) });
  }

  /** Replaces the placeholders of mentions. The bot's own name is left out with the space after it, because it only addresses the bot. */
  mentioned(text: string): string {
    return text.replace(/@_(?:user_\d+|all)( ?)/g, (placeholder, space: string) => {
      const key = placeholder.slice(0, placeholder.length - space.length);
      if (key === "@_all") return `@all${space}`;
      const mention = this.#mentions.get(key);
      if (mention === undefined) return placeholder;
      return mention.isSelf ? "" : `@${mention.name}${space}`;
    });
  }

  post({ title, content }: Fields): string {
    const paragraphs = Array.isArray(content) ? content : [];
    const lines = paragraphs.map((line: unknown) =>
      Array.isArray(line) ? line.map((node: unknown) => this.#node(fieldsOf(node) ?? {})).join("") : "",
    );
    return [stringOf(title) ?? "", ...lines].filter((line, at) => at > 0 || line !== "").join("\n");
  }

  #node(node: Fields): string {
    const text = stringOf(node.text) ?? "";
    switch (node.tag) {
      case "a": {
        const href = stringOf(node.href);
        return href === undefined ? text : `[${text}](${href})`;
      }
      case "at": {
        const key = stringOf(node.user_id) ?? "";
        const name = stringOf(node.user_name);
        if (this.#mentions.has(key) || key === "@_all") return this.mentioned(key);
        return name === undefined ? "" : `@${name}`;
      }
      case "img":
        this.add("image", node.image_key);
        return "";
      case "media":
        this.add("video", node.file_key);
        return "";
      case "emotion":
        return `:${stringOf(node.emoji_type) ?? ""}:`;
      case "hr":
        return "---";
      case "code_block":
        return `\`\`\`${(stringOf(node.language) ?? "").toLowerCase()}\n${text.replace(/\n$/, "")}\n\`\`\``;
      default:
        return this.mentioned(text);
    }
  }
}

function parse(content: string): Fields {
  try {
    return fieldsOf(JSON.parse(content)) ?? {};
  } catch {
    return {};
  }
}
