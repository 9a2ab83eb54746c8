/** Kind of a request. Request log, faults and latency name operations by these words. */
export type Operation =
  | "token"
  | "create"
  | "update"
  | "settings"
  | "batch"
  | "add"
  | "replace"
  | "patch"
  | "delete"
  | "content"
  | "id-convert"
  | "send"
  | "reply"
  | "message-patch"
  | "message-edit"
  | "recall"
  | "read"
  | "image"
  | "image-download"
  | "bot"
  /** A path or method that the platform does not have. */
  | "unknown";
