import { Chat } from "./chat.tsx";

// Read when the page is asked for, not when it is built.
export const dynamic = "force-dynamic";

export default function Page() {
  const feishuUrl = `${process.env.FEISHU_DOMAIN}/#${process.env.FEISHU_TO}`;
  return (
    <main>
      <h1>One run, two readers</h1>
      <p>
        The answer comes to this page and to a card in <a href={feishuUrl}>the group</a> at once.
      </p>
      <Chat />
    </main>
  );
}
