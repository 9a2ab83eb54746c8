/** Markdown of a card, ready to be drawn. */
export type Block =
  | { type: "heading"; level: number; children: Inline[] }
  | { type: "paragraph"; children: Inline[] }
  | { type: "list"; start: number | undefined; items: Block[][] }
  | { type: "quote"; children: Block[] }
  | { type: "code"; language: string; text: string; hasCaret?: boolean }
  | { type: "table"; columns: { align: Align; title: Inline[] }[]; rows: Inline[][][] }
  | { type: "rule" };

export type Align = "left" | "center" | "right";

export type Inline =
  | { type: "text"; text: string }
  | { type: "strong" | "emphasis" | "strike"; children: Inline[] }
  | { type: "code"; text: string }
  | { type: "break" }
  | { type: "rule" }
  /** Without `url` it leads nowhere, but looks like a link. */
  | { type: "link"; url: string | undefined; icon?: string | undefined; children: Inline[] }
  | { type: "image"; key: string; alt: string }
  | { type: "mention"; ids: string[] }
  | { type: "person"; id: string; hasName: boolean; hasAvatar: boolean; isCapsule: boolean }
  | { type: "font"; color: string; children: Inline[] }
  | { type: "tag"; color: string; children: Inline[] }
  | { type: "number"; text: string; background: string; color: string; url: string | undefined }
  | { type: "time"; milliseconds: number; format: string; url: string | undefined }
  /** Where the next character will appear. */
  | { type: "caret" };

/** One of the blocks that a text consists of, and the source that it comes from. */
export interface SourceBlock {
  /** The same source makes the same block. */
  readonly source: string;
  readonly block: Block;
}
