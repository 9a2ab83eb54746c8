/** A block of parsed Markdown. */
export type Block =
  | { type: "heading"; level: number; children: Inline[] }
  | { type: "paragraph"; children: Inline[] }
  | { type: "list"; start: number | undefined; items: Block[][] }
  | { type: "quote"; children: Block[] }
  | { type: "code"; language: string; text: string; hasCaret?: boolean }
  | { type: "table"; columns: { align: Align; title: Inline[] }[]; rows: Inline[][][] }
  | { type: "rule" };

export type Align = "left" | "center" | "right";

/** A node in a line of parsed Markdown. */
export type Inline =
  | { type: "text"; text: string }
  | { type: "strong" | "emphasis" | "strike"; children: Inline[] }
  | { type: "code"; text: string }
  | { type: "break" }
  | { type: "rule" }
  /** Without `url`, the text looks like a link and leads nowhere. */
  | { type: "link"; url: string | undefined; icon?: string | undefined; children: Inline[] }
  | { type: "image"; key: string; alt: string }
  | { type: "mention"; ids: string[] }
  | { type: "person"; id: string; hasName: boolean; hasAvatar: boolean; isCapsule: boolean }
  | { type: "font"; color: string; children: Inline[] }
  | { type: "tag"; color: string; children: Inline[] }
  | { type: "number"; text: string; background: string; color: string; url: string | undefined }
  | { type: "time"; milliseconds: number; format: string; url: string | undefined }
  /** Place at which the next character will appear. */
  | { type: "caret" };

/** A block of a text, with its source. */
export interface SourceBlock {
  /** Source of the block. Equal sources make equal blocks. */
  readonly source: string;
  readonly block: Block;
}
