import { pick, randomFrom } from "../simulation/scenario/answer-text.ts";

const sentences = [
  "光穿过大气时会被空气分子散射，",
  "波长短的蓝光比红光散射得更强，",
  "因此我们抬头望去，整片天空呈现蓝色。",
  "日落时光线走过的路程更长，",
  "蓝光在途中已被散射殆尽，只剩红与橙。",
  "这一现象由瑞利在十九世纪给出解释，",
  "强度与波长的四次方成反比。",
  "云里的水滴比波长大得多，各色光散射相近，所以云看起来是白的。",
  "高山上空气稀薄，颜色便更深；",
  "在月球表面没有大气，白昼里也能看见黑色背景。",
  "若想自己验证，可以往清水中滴入少许牛奶，再用手电照射。",
];

const codeLines = [
  "const response = await fetch(url, { headers });",
  "// 先检查状态，再读取正文",
  "if (!response.ok) throw new Error('请求失败：' + response.status);",
  "for (const item of items) total += item.price * item.count;",
  "  return items.filter(({ isOpen }) => isOpen).map(({ name }) => name);",
  'logger.info("处理完成", { total, elapsedMs });',
];

const items = [
  "**散射**：方向改变，能量不变",
  "波长越短，散射越强",
  "参见 `rayleigh.ts` 中的计算",
  "观测时间与地点",
];

/**
 * Writes Chinese prose in paragraphs.
 *
 * No character stands twice in a row and the first one does not come again, because the official SDK drops repeated text
 * as known, and a run that lost text in its middle could not be timed.
 */
export function prose(characters: number): string {
  const random = randomFrom(1);
  let text = "答：";
  while (text.length < characters) {
    for (let count = 0; count < 6; count += 1) text += unlike(text, () => pick(random, sentences));
    text += "\n\n";
  }
  return text.slice(0, characters).trimEnd();
}

/** Writes Chinese prose, code and lists, of a size in UTF-8 bytes. */
export function mixedAnswer(bytes: number): string {
  const random = randomFrom(2);
  const parts = [
    () => `${Array.from({ length: 5 }, () => pick(random, sentences)).join("")}\n\n`,
    () => `## 第 ${1 + Math.floor(random() * 99)} 节\n\n`,
    () => `${Array.from({ length: 4 }, () => `- ${pick(random, items)}\n`).join("")}\n`,
    () => `\`\`\`ts\n${Array.from({ length: 8 }, () => `${pick(random, codeLines)}\n`).join("")}\`\`\`\n\n`,
  ];
  let text = "";
  while (Buffer.byteLength(text) < bytes) text += pick(random, parts)();
  return upToBytes(text, bytes);
}

/** Writes one code block, which cannot be cut, of a size in UTF-8 bytes. */
export function codeBlock(bytes: number): string {
  const random = randomFrom(3);
  const [open, close] = ["```ts\n", "```\n"];
  let code = "";
  while (Buffer.byteLength(code) < bytes) code += `${pick(random, codeLines)}\n`;
  return `${open}${upToBytes(code, bytes - open.length - close.length - 1)}\n${close}`;
}

/** Draws a character that does not repeat the one before it. */
function unlike(text: string, next: () => string): string {
  for (;;) {
    const candidate = next();
    if (candidate[0] !== text.at(-1)) return candidate;
  }
}

function upToBytes(text: string, bytes: number): string {
  const head = new TextDecoder().decode(Buffer.from(text).subarray(0, bytes));
  return head.replace(/\uFFFD$/, "");
}
