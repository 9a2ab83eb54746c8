/** Numbers of entries that an emulator keeps. The oldest are forgotten first, cards and messages included. */
export interface History {
  /** Requests in the log. @defaultValue 10_000 */
  requests: number;
  /** Operations in the history of one card. @defaultValue 2_000 */
  operations: number;
  /** Card entities. @defaultValue 2_000 */
  cards: number;
  /** Messages of all chats, and uuids under which messages were sent. @defaultValue 10_000 */
  messages: number;
  /** Uploaded images. @defaultValue 200 */
  images: number;
}

export const defaultHistory: History = {
  requests: 10_000,
  operations: 2_000,
  cards: 2_000,
  messages: 10_000,
  images: 200,
};
