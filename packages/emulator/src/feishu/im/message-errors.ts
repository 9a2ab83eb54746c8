import { PlatformError } from "../rules/platform-error.ts";

// See the error tables of https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/create
// and of its sibling pages. Codes that mean something else on another endpoint are worded there.
const TEXTS: ReadonlyMap<number, string> = new Map([
  [230001, "Your request contains an invalid request parameter."],
  [230002, "The bot can not be outside the group."],
  [230006, "Bot ability is not activated."],
  [230011, "The message is recalled."],
  [230013, "Bot has NO availability to this user."],
  [230017, "Bot is NOT the owner of the resource."],
  [230018, "These operations are NOT allowed at current group settings."],
  [230025, "The length of the message content reaches its limit."],
  [230026, "No permission to recall this message."],
  [230027, "Lack of necessary permissions."],
  [230028, "The messages do NOT pass the audit."],
  [230029, "The user has resigned."],
  [230031, "Messages can only be modified within 14 days after sending."],
  [230034, "The receive_id is invalid."],
  [230035, "Send Message Permission deny."],
  [230053, "The user has stopped the bot from sending messages."],
  [230054, "This operation is not supported for this message type."],
  [230071, "The operator is not the sender of the message."],
  [230072, "The message has reached the number of times it can be edited."],
  [230110, "The message has been deleted."],
  [232009, "The chat has already been dissolved."],
]);

/** Makes a refusal by the message API: HTTP 400 and no `data`. */
export function messageError(code: number, detail?: string): PlatformError {
  const text = TEXTS.get(code) ?? "The operation is refused.";
  return new PlatformError({ code, msg: detail === undefined ? text : `${text}, ext=${detail}` });
}

/** Makes the gateway's refusal of an id that belongs to nothing. */
export function unknownId(code: number, field: string, id: string): PlatformError {
  return new PlatformError({
    code,
    msg: `The request you send is not a valid {${field}} or not exists. Invalid ids: [${id}]`,
    error: { field_violations: [{ field, value: id, description: "does not exist" }] },
  });
}
