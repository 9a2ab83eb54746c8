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
  readonly copyCode: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly more: string;
  readonly copyText: string;
  readonly copyId: string;
  readonly inspect: string;
  readonly inspector: string;
  readonly close: string;
  readonly thread: string;
  readonly showMessage: string;
  readonly actAs: string;
  readonly chart: string;
  readonly audio: string;
  readonly notPlayed: string;
  readonly chartNotDrawn: string;
  readonly chooseSome: string;
  readonly preview: string;
  readonly clickFailed: string;
  readonly noAnswer: string;
  readonly cardJson: string;
  readonly operations: string;
  readonly limits: string;
  readonly bytes: string;
  readonly elements: string;
  readonly rate: string;
  readonly sequence: string;
  readonly kind: string;
  readonly answer: string;
  readonly time: string;
  readonly noCard: string;
  readonly noOperations: string;
  readonly inlineCard: string;
  readonly streamingNow: string;
  readonly streamingOff: string;
  readonly lost: string;
  readonly kinds: Readonly<Record<string, string>>;
  writeTo(name: string): string;
  recalled(name: string | undefined): string;
  replyTo(name: string): string;
  replies(count: number): string;
  peak(count: number): string;
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
  copyCode: "复制代码",
  copied: "已复制",
  copyFailed: "复制失败",
  more: "更多",
  copyText: "复制文字",
  copyId: "复制消息 ID",
  inspect: "检查卡片",
  inspector: "检查器",
  close: "关闭",
  thread: "话题",
  showMessage: "查看原消息",
  actAs: "以谁的身份",
  chart: "图表",
  audio: "语音",
  notPlayed: "模拟器中不播放",
  chartNotDrawn: "模拟器中不绘制图表",
  chooseSome: "请选择（可多选）",
  preview: "查看大图",
  clickFailed: "操作失败",
  noAnswer: "应用没有及时响应",
  cardJson: "卡片 JSON",
  operations: "操作",
  limits: "限制",
  bytes: "字节",
  elements: "元素",
  rate: "最近一秒的操作",
  sequence: "序号",
  kind: "类型",
  answer: "应答",
  time: "时间",
  noCard: "这个会话中还没有卡片",
  noOperations: "还没有操作",
  inlineCard: "随消息发送的卡片，没有卡片实体",
  streamingNow: "流式更新中",
  streamingOff: "不在流式更新",
  lost: "无应答",
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
  replies: (count) => `话题 · ${count} 条回复`,
  peak: (count) => `峰值 ${count}`,
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
  copyCode: "Copy code",
  copied: "Copied",
  copyFailed: "Not copied",
  more: "More",
  copyText: "Copy text",
  copyId: "Copy message id",
  inspect: "Inspect card",
  inspector: "Inspector",
  close: "Close",
  thread: "Thread",
  showMessage: "Show the message",
  actAs: "Act as",
  chart: "Chart",
  audio: "Audio",
  notPlayed: "Not played here",
  chartNotDrawn: "Charts are not drawn here",
  chooseSome: "Choose any",
  preview: "View image",
  clickFailed: "That did not work",
  noAnswer: "The app did not answer in time",
  cardJson: "Card JSON",
  operations: "Operations",
  limits: "Limits",
  bytes: "Bytes",
  elements: "Elements",
  rate: "Operations in the last second",
  sequence: "Seq.",
  kind: "Kind",
  answer: "Answer",
  time: "Time",
  noCard: "There is no card in this chat yet",
  noOperations: "No operations yet",
  inlineCard: "A card sent in the message, without a card entity",
  streamingNow: "Streaming",
  streamingOff: "Not streaming",
  lost: "no answer",
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
  replies: (count) => `Thread · ${count} ${count === 1 ? "reply" : "replies"}`,
  peak: (count) => `peak ${count}`,
  members: (count) => `${count} ${count === 1 ? "member" : "members"}`,
  unread: (count) => `${count} unread`,
};

/** Chinese, as the platform's own client, unless the reader's first language is another one. */
export function textsFor(languages: readonly string[]): Texts {
  const first = languages[0];
  return first === undefined || /^zh\b/i.test(first) ? chinese : english;
}
