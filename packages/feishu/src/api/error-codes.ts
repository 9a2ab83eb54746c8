/**
 * Meaning of an error code in an answer of the platform. No other source file of this package knows the codes.
 *
 * @see https://open.feishu.cn/document/server-docs/api-call-guide/generic-error-code
 */
export interface ErrorMeaning {
  /** `refused`: nothing changed. `unknown`: the request may have been carried out. `gone`: the card takes no more writes. */
  readonly outcome: "refused" | "unknown" | "gone";
  readonly isRetryable: boolean;
  /** Remedy to apply before the same operation is tried again. */
  readonly remedy?: "refresh-token" | "reopen-streaming" | "raise-sequence";
  readonly retryAfterMs?: number;
  /** True where the platform refuses to draw or show the content. */
  readonly isAboutContent?: boolean;
  /** True where nothing is wrong: the error comes with what readers do, such as pressing a button. */
  readonly isOrdinary?: boolean;
  readonly meaning: string;
  /** Advice to the owner of the app. */
  readonly advice?: string;
}

const refused = (meaning: string, advice?: string): ErrorMeaning => ({
  outcome: "refused",
  isRetryable: false,
  meaning,
  ...(advice !== undefined && { advice }),
});
const undrawable = (meaning: string): ErrorMeaning => ({ ...refused(meaning), isAboutContent: true });
const later = (meaning: string): ErrorMeaning => ({ outcome: "refused", isRetryable: true, meaning });
const interacting: ErrorMeaning = { ...later("the reader is interacting with the card"), isOrdinary: true };
const unsure = (meaning: string): ErrorMeaning => ({ outcome: "unknown", isRetryable: true, meaning });
const gone = (meaning: string): ErrorMeaning => ({ outcome: "gone", isRetryable: false, meaning });
const remedied = (
  remedy: ErrorMeaning["remedy"] & string,
  meaning: string,
  advice?: string,
): ErrorMeaning => ({
  ...refused(meaning, advice),
  remedy,
});
/** Means a token that was refused: a new one is fetched at once; where that is refused, too, a later one may do. */
const withNewToken = (meaning: string, advice?: string): ErrorMeaning => ({
  ...remedied("refresh-token", meaning, advice),
  isRetryable: true,
});
/** Means a state of the card that has to be mended first; the newest text can be written right after. */
const mended = (
  remedy: "reopen-streaming" | "raise-sequence",
  meaning: string,
  advice?: string,
): ErrorMeaning => ({ ...remedied(remedy, meaning, advice), isRetryable: true, retryAfterMs: 0 });

const CREDENTIALS = "Check FEISHU_APP_ID and FEISHU_APP_SECRET against the app's credentials page.";
const TARGET = "Check that the bot is in the chat, or that the person is within the app's availability.";

const meanings = new Map<number, ErrorMeaning>([
  // Credentials and tokens
  [10003, refused("the credentials are missing or malformed", CREDENTIALS)],
  [10005, refused("the app is not authorized", CREDENTIALS)],
  [10012, refused("no token could be issued", CREDENTIALS)],
  [10013, refused("no tenant token could be issued", CREDENTIALS)],
  [10014, refused("the app is disabled", "Enable the app in the developer console.")],
  [10015, refused("the app secret is wrong", CREDENTIALS)],
  [20002, refused("app id and app secret do not match", CREDENTIALS)],
  [99991661, withNewToken("the request had no token")],
  [99991662, refused("the app is not in use", "Enable the app in the developer console.")],
  [99991663, withNewToken("the tenant token is not valid", CREDENTIALS)],
  [99991664, withNewToken("the app token is not valid", CREDENTIALS)],
  [99991665, refused("the tenant is not valid", CREDENTIALS)],
  [99991671, withNewToken("the token is malformed", CREDENTIALS)],
  [99991672, refused("the app lacks a scope")],
  [99991673, refused("the app is not installed in this tenant", "Publish the app, and have it approved.")],
  [99991401, refused("the IP address is not allowed", "Add it to the app's IP allow list.")],
  [99991403, refused("the month's quota of API calls is used up")],

  // Rates
  [99991400, later("too many requests")],
  [230020, later("too many operations at once")],
  [11232, later("messages are limited for now")],
  [11233, later("messages are limited for now")],
  [11247, later("messages are limited for now")],
  [230049, later("the same message is still being sent")],
  [18121, later("the same request is still being processed")],

  // Inside the platform
  [300120, unsure("an internal error of CardKit")],
  [300000, unsure("an internal error")],
  [1663, unsure("a gateway error")],
  [2200, unsure("a gateway time-out")],
  [1500, unsure("an internal error")],
  [1668, unsure("an internal error")],
  [5000, unsure("an internal error")],
  [55001, unsure("an internal error")],

  // Card entities
  [10002, undrawable("a field of the request is not valid")],
  [200220, undrawable("the card cannot be drawn")],
  [200510, mended("reopen-streaming", "streaming mode has timed out")],
  [200570, undrawable("the card has an image that is no image key")],
  [200740, gone("the card entity does not exist")],
  [200750, gone("the card entity has expired; entities live for 14 days")],
  // The id is random, so the operation that was carried out under it should be this one.
  [200770, unsure("the idempotency id was used before")],
  [200810, interacting],
  [200850, mended("reopen-streaming", "streaming mode has timed out")],
  [200860, undrawable("the card is larger than 30 KB")],
  [300121, undrawable("the element could not be replaced")],
  [300122, refused("the settings could not be changed")],
  [300301, refused("an element id is used twice")],
  [300302, refused("the card is not shared (update_multi)")],
  [300303, refused("the card is not of schema 2.0")],
  [300305, undrawable("the card has more than 200 components")],
  [300307, undrawable("the card is empty")],
  [300309, mended("reopen-streaming", "streaming mode is closed")],
  [300310, refused("the element is no text")],
  [300311, gone("the card entity belongs to another app")],
  [300312, refused("the tag of an element cannot change")],
  [300313, refused("the element does not exist")],
  [300314, refused("the element could not be deleted")],
  [300315, undrawable("the element could not be added")],
  [
    300317,
    mended("raise-sequence", "the sequence did not increase", "Another writer uses this card entity."),
  ],

  // Messages
  [230001, refused("the message is not valid")],
  [230002, refused("the bot is not in the chat", TARGET)],
  [230006, refused("the app has no bot", "Add the bot ability in the developer console.")],
  [230011, gone("the message was recalled")],
  [230013, refused("the person is outside the app's availability", TARGET)],
  [230015, refused("the card cannot be shared to this chat")],
  [230017, refused("the bot does not own the resource")],
  [230018, refused("the group does not allow it")],
  [230019, gone("the topic does not exist")],
  [230022, undrawable("the content was judged sensitive")],
  [230025, undrawable("the message is too long")],
  [230026, refused("the message may not be recalled")],
  [230027, refused("the app lacks a permission")],
  [230028, undrawable("the content did not pass the audit")],
  [230029, refused("the person has left")],
  [
    230034,
    refused("the receive_id is not valid", "Check the id, and that it belongs to this app or tenant."),
  ],
  [230035, refused("the bot may not send here")],
  [230036, refused("the tenant's key was deleted")],
  [230038, refused("chats across tenants are not allowed")],
  [230053, refused("the person has stopped the bot")],
  [230054, refused("the message type is not available")],
  [230071, refused("the group does not support topics")],
  [230072, refused("the message does not support topics")],
  [230075, refused("encrypted chats are not supported")],
  [230099, undrawable("the card could not be made")],
  [230110, gone("the message was deleted")],
  [230111, gone("the message is about to destroy itself")],
  [231003, gone("the message does not exist")],
  [232009, gone("the chat was dissolved")],

  // Images
  [232096, later("the platform takes no images for now")],
  [234001, refused("the upload is not valid")],
  [234002, refused("the app may not use the image")],
  [234006, refused("the image is larger than 10 MB")],
  [234007, refused("the app has no bot", "Add the bot ability in the developer console.")],
  [234010, refused("the image is empty")],
  [234011, refused("the image has a format that the platform does not know")],
  [234039, refused("the image has too many pixels: GIFs may have 2000 × 2000, others 12000 × 12000")],
  [234041, refused("the tenant's key was deleted")],
  [234042, refused("the tenant's storage is used up")],

  // Requests
  [99992402, undrawable("a field of the request is not valid")],
  [9499, refused("the request is not valid")],
  [99991201, refused("there is no such API", "Check FEISHU_DOMAIN.")],
  [99991301, refused("the API does not take this method", "Check FEISHU_DOMAIN.")],
]);

for (const code of [
  99992351, 99992352, 99992353, 99992354, 99992355, 99992356, 99992360, 99992361, 99992363, 99992364,
  99992381,
]) {
  meanings.set(code, refused("the id is unknown to this app or tenant", TARGET));
}

/** Causes behind code 230099 of message creation, which only its text names. */
const causes: readonly { readonly pattern: RegExp; readonly meaning: ErrorMeaning }[] = [
  { pattern: /card table number over limit/i, meaning: undrawable("the card has too many tables") },
  { pattern: /element exceeds the limit/i, meaning: undrawable("the card has more than 200 components") },
  { pattern: /card action is lock/i, meaning: interacting },
  // Seen on entities that were just made; sending again works.
  { pattern: /cardid is invalid/i, meaning: later("the card entity is not known yet") },
  { pattern: /invalid image keys/i, meaning: undrawable("the card has an image that is no image key") },
];

/** Finds the meaning of an error answer. The text is read only for the code that names its cause there. */
export function meaningOf(code: number, message: string, status: number): ErrorMeaning {
  if (code === 230099) {
    const cause = causes.find(({ pattern }) => pattern.test(message));
    if (cause !== undefined) return cause.meaning;
  }
  const known = meanings.get(code);
  if (known !== undefined) return known;
  if (status === 429) return later("too many requests");
  if (status >= 500) return unsure("an error inside the platform");
  return refused("the platform refused it");
}

/** Tells whether a code is about the rate of messages to a chat or a person. */
export function isMessageRate(code: number): boolean {
  return messageRates.has(code);
}

const messageRates: ReadonlySet<number> = new Set([230020, 11232, 11233, 11247]);
