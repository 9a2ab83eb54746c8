import { planBooking } from "../../demo/scripted-model/plan-booking.ts";
import type { Situation } from "../../demo/scripted-model/read-prompt.ts";
import type { Turn } from "../../demo/scripted-model/scripted-model.ts";

/** Plans the scripted model's turn: books a room if it is asked for one, and talks of itself otherwise. */
export function planTurn(situation: Situation): Turn {
  return planBooking(situation) ?? { thought: "", text: introduction[situation.language], calls: [] };
}

const introduction = {
  zh: `我是用 Next.js 写的机器人，整个后端只有一个路由。这段话故意写得长一些，好让你来得及试一试卡片上的按钮。

### 可以试什么

- **停止**：在我写完之前按下它，回答会停在当时的位置，卡片上会写明是谁停的。
- **反馈**：写完以后，可以说这个回答有没有帮助，机器人会收到你的意见。
- **重新回答**：同一个问题再问一遍，新的回答在新的卡片上，旧卡片会标明已经过时。
- **审批**：对我说“订一间会议室”，我会先问过你，再去订。

### 这背后发生了什么

你写的每一句话，都由本机的飞书模拟器签名、加密之后送到 \`app/api/feishu/route.ts\`。路由在三秒之内先回答收到，然后继续生成；Next.js 的 \`after()\` 让进程一直等到回答写完。

卡片上的每一次更新都是对上一次的补充，所以文字看起来像是一个字一个字打出来的。网络慢了会等，被限流了会放慢，一个字也不会丢。按钮的点击走的是同一个路由，一百毫秒之内就能让模型停下来。

要接上真正的飞书，只需要把这个路由放到公网上，在开发者后台填上它的地址，再把应用的凭证和 Encrypt Key 放进环境变量，代码一行也不用改。
`,
  en: `I am a bot written with Next.js, and all of its back end is one route. This text is long on purpose, so that there is time to try the buttons on the card.

### What to try

- **Stop**: press it before I am done. The answer stays as it is, and the card says who stopped it.
- **Feedback**: once I am done, say whether this was helpful; the bot hears of it.
- **Regenerate**: the same question again, on a new card; the old one says so.
- **Approval**: ask me to book a room, and I will ask you before I do.

### What happens behind it

Whatever you write is signed and encrypted by the Feishu emulator of this machine, and sent to \`app/api/feishu/route.ts\`. The route answers within three seconds that it has it, and goes on with the answer; \`after()\` of Next.js keeps the process until it is written.

Each update of the card adds to the one before, so the text types itself out. A slow network is waited for, a rate limit slows the card down, and not a character is lost. Clicks arrive at the same route and stop the model within a tenth of a second.

For the real Feishu, put the route on a public address, enter that in the developer console, and set the app's credentials and its Encrypt Key in the environment. The code stays as it is.
`,
};
