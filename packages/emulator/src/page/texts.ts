/** What the page says by itself, in one language. */
export interface Texts {
  readonly locale: "zh-CN" | "en";
  readonly title: string;
  readonly messages: string;
  readonly bot: string;
  readonly everyone: string;
  readonly unknownUser: string;
  readonly noMessages: string;
  readonly emptyTitle: string;
  readonly emptyHint: string;
  readonly chooseChat: string;
  readonly back: string;
  readonly send: string;
  readonly sendFailed: string;
  readonly reply: string;
  readonly recall: string;
  readonly cancel: string;
  readonly confirm: string;
  readonly edited: string;
  readonly mention: string;
  readonly dissolved: string;
  readonly reconnecting: string;
  readonly connecting: string;
  readonly showEarlier: string;
  readonly toNewest: string;
  readonly lightTheme: string;
  readonly darkTheme: string;
  readonly yesterday: string;
  readonly imageMissing: string;
  readonly previousPage: string;
  readonly nextPage: string;
  readonly plainText: string;
  readonly notDrawn: string;
  readonly choose: string;
  readonly kinds: Readonly<Record<string, string>>;
  writeTo(name: string): string;
  recalled(name: string | undefined): string;
  replyTo(name: string): string;
  members(count: number): string;
  unread(count: number): string;
}

const chinese: Texts = {
  locale: "zh-CN",
  title: "飞书模拟器",
  messages: "消息",
  bot: "机器人",
  everyone: "所有人",
  unknownUser: "未知用户",
  noMessages: "暂无消息",
  emptyTitle: "还没有消息",
  emptyHint: "在下方写一句话；应用的回复会在这里逐字出现。",
  chooseChat: "选择一个会话",
  back: "返回",
  send: "发送",
  sendFailed: "发送失败，请重试",
  reply: "回复",
  recall: "撤回",
  cancel: "取消",
  confirm: "确定",
  edited: "已编辑",
  mention: "提及",
  dissolved: "该群组已解散，无法发送消息",
  reconnecting: "连接已断开，正在重新连接…",
  connecting: "正在连接…",
  showEarlier: "查看更早的消息",
  toNewest: "回到最新消息",
  lightTheme: "切换到浅色",
  darkTheme: "切换到深色",
  yesterday: "昨天",
  imageMissing: "图片已失效",
  previousPage: "上一页",
  nextPage: "下一页",
  plainText: "纯文本",
  notDrawn: "此处暂不绘制该组件",
  choose: "请选择",
  kinds: {
    image: "[图片]",
    post: "[富文本]",
    file: "[文件]",
    audio: "[语音]",
    media: "[视频]",
    sticker: "[表情]",
    interactive: "[卡片]",
    share_chat: "[群名片]",
    share_user: "[个人名片]",
    system: "[系统消息]",
  },
  writeTo: (name) => `发送给 ${name}`,
  recalled: (name) => `${name ?? "你"} 撤回了一条消息`,
  replyTo: (name) => `回复 ${name}`,
  members: (count) => `${count} 名成员`,
  unread: (count) => `${count} 条未读`,
};

const english: Texts = {
  locale: "en",
  title: "Feishu emulator",
  messages: "Messages",
  bot: "Bot",
  everyone: "Everyone",
  unknownUser: "Unknown user",
  noMessages: "No messages yet",
  emptyTitle: "Nothing here yet",
  emptyHint: "Write something below. The app's answer types itself out here.",
  chooseChat: "Choose a chat",
  back: "Back",
  send: "Send",
  sendFailed: "Not sent. Try again.",
  reply: "Reply",
  recall: "Recall",
  cancel: "Cancel",
  confirm: "OK",
  edited: "edited",
  mention: "Mention",
  dissolved: "This group was dissolved. Nothing can be sent to it.",
  reconnecting: "Connection lost. Reconnecting…",
  connecting: "Connecting…",
  showEarlier: "Show earlier messages",
  toNewest: "Jump to the newest message",
  lightTheme: "Switch to light",
  darkTheme: "Switch to dark",
  yesterday: "Yesterday",
  imageMissing: "Image not available",
  previousPage: "Previous page",
  nextPage: "Next page",
  plainText: "Plain text",
  notDrawn: "This component is not drawn here",
  choose: "Choose",
  kinds: {
    image: "[Image]",
    post: "[Rich text]",
    file: "[File]",
    audio: "[Audio]",
    media: "[Video]",
    sticker: "[Sticker]",
    interactive: "[Card]",
    share_chat: "[Group card]",
    share_user: "[Contact card]",
    system: "[System message]",
  },
  writeTo: (name) => `Message ${name}`,
  recalled: (name) => `${name ?? "You"} recalled a message`,
  replyTo: (name) => `Reply to ${name}`,
  members: (count) => `${count} ${count === 1 ? "member" : "members"}`,
  unread: (count) => `${count} unread`,
};

/** Chinese, as the platform's own client, unless the reader's first language is another one. */
export function textsFor(languages: readonly string[]): Texts {
  const first = languages[0];
  return first === undefined || /^zh\b/i.test(first) ? chinese : english;
}
