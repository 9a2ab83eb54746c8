import { h, render } from "preact";
import type { Hello } from "../page-protocol/page-event.ts";
import { App } from "./app.ts";
import { applyTheme } from "./parts/theme.ts";
import { createPageActions } from "./state/page-actions.ts";
import { createPageConnection } from "./state/page-connection.ts";
import type { PageState } from "./state/page-state.ts";
import { createPageStore } from "./state/page-store.ts";
import { chooseTexts } from "./texts/choose-texts.ts";

// Messages of a chat that are shown first, and those that each "show earlier" adds.
const MESSAGES = { first: 50, more: 100 };

const texts = chooseTexts(navigator.languages);
document.documentElement.lang = texts.locale;
document.title = texts.title;

applyTheme();

let messageCount = MESSAGES.first;
let actorId = "";
const actions = createPageActions(() => actorId);

const draw = (state: PageState): void =>
  render(h(App, { state, texts, actions, onEarlier: showEarlier, onActor: actAs }), document.body);
const store = createPageStore(draw);
const connection = createPageConnection({
  onEvent: (event) => {
    store.dispatch(event);
    if (event.type === "hello" && event.chatId === undefined) openFirstChat(event);
  },
  onLost: () => store.dispatch({ type: "connection-lost" }),
});

// The open chat is in the address, so that the browser's "back" closes it.
function followAddress(): void {
  const chatId = addressedChat() || undefined;
  store.dispatch({ type: "chat-opened", chatId });
  messageCount = MESSAGES.first;
  connect();
}

function connect(): void {
  connection.open({ chatId: store.state.chatId, messageCount, actorId });
}

// A wide screen opens a chat at once, a narrow one shows the list first.
function openFirstChat({ chats }: Hello): void {
  const isWide = matchMedia("(min-width: 720px)").matches;
  const first = isWide ? (chats.find(({ type }) => type === "p2p") ?? chats[0]) : undefined;
  const wanted = first?.chatId ?? "";
  if (wanted !== addressedChat()) location.replace(`#${wanted}`);
}

function addressedChat(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    // The address holds a stray "%", which no chat id does.
    return location.hash.slice(1);
  }
}

function showEarlier(): void {
  messageCount += MESSAGES.more;
  connect();
}

function actAs(openId: string): void {
  actorId = openId;
  connect();
}

draw(store.state);
addEventListener("hashchange", followAddress);
followAddress();
