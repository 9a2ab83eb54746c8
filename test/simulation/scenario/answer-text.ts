/** Generator of numbers from 0 to 1, the same for the same seed. */
export type Random = () => number;

/** Makes a generator from a seed (Mulberry32: small, fast, and good enough to pick words with). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

const between = (random: Random, least: number, most: number) =>
  least + Math.floor(random() * (most - least + 1));

const words = [
  "光在大气中散射，",
  "短波长的蓝光更强。",
  "因此天空呈现蓝色；",
  "日落时光程更长，",
  "红光占优。",
  "这是**要点**：",
  "参见`index.ts`。",
  "Rayleigh scattering ",
  "goes with λ⁻⁴. ",
  "a < b && b > c ",
  "see [docs](https://example.com/a_(b)) ",
  "<br>",
  "😀",
  "👨‍👩‍👧",
  "𠮷野家",
  "snake_case_name ",
  "2*3*4=24 ",
  "~~旧~~新",
  "“引号”",
  "——",
];

/** Texts on which the platform would act, or that it would refuse. */
const hostile = [
  "<at id=all></at>",
  "![图](https://example.com/a.png)",
  "![](https://example.com/b.png)",
  "<font color='red'>x</font>",
  "**never closed ",
  "`never closed ",
  "\\<at id=all>",
  "&#60;b> &amp; &lt;",
];

const repeated = ["1", "哈", "1 1 1 ", "。", "ab", "```", "\n"];

const blocks: readonly ((random: Random) => string)[] = [
  (random) => `${sentence(random, 3, 12)}\n\n`,
  (random) => `${sentence(random, 1, 4)}\n`,
  (random) => `${"#".repeat(between(random, 1, 6))} ${sentence(random, 1, 2).replaceAll("\n", "")}\n\n`,
  (random) => `${list(random, () => "- ")}\n`,
  (random) => `${list(random, (index) => `${index + 1}. `)}\n`,
  (random) => `> ${sentence(random, 1, 4)}\n> ${sentence(random, 1, 3)}\n\n`,
  (random) => fence(random, "```", between(random, 1, 12)),
  (random) => fence(random, pick(random, ["~~~", "````", "```"]), between(random, 10, 60)),
  (random) => table(random, between(random, 1, 8)),
  (random) => {
    const piece = pick(random, repeated);
    // The smallest cards of the simulation have no room for a longer fence, twice.
    return `${piece.repeat(between(random, 2, piece === "```" ? 20 : 80))}\n\n`;
  },
  (random) => `${pick(random, hostile)}${sentence(random, 0, 2)}${pick(random, ["\n", "\n\n"])}`,
  () => "---\n\n",
  (random) => sentence(random, 20, 60),
];

/** Writes Markdown, good and broken: the first `length` UTF-16 units of an endless text. */
export function answerText(seed: number, length: number): string {
  const random = randomFrom(seed);
  let text = "";
  while (text.length < length) text += pick(random, blocks)(random);
  return text.slice(0, length).toWellFormed();
}

/** Cuts text into deltas at any UTF-16 unit, also inside of an emoji. */
export function deltasOf(text: string, seed: number, longest: number): string[] {
  const random = randomFrom(seed);
  const deltas: string[] = [];
  for (let at = 0; at < text.length; ) {
    const size = between(random, 1, longest);
    deltas.push(text.slice(at, at + size));
    at += size;
  }
  return deltas;
}

function sentence(random: Random, least: number, most: number): string {
  return Array.from({ length: between(random, least, most) }, () => pick(random, words)).join("");
}

function list(random: Random, marker: (index: number) => string): string {
  return Array.from({ length: between(random, 2, 12) }, (_, index) => {
    const nested = random() < 0.2 ? `\n    - ${sentence(random, 1, 2)}` : "";
    return `${marker(index)}${sentence(random, 1, 4)}${nested}\n`;
  }).join("");
}

function fence(random: Random, mark: string, lines: number): string {
  const info = pick(random, ["", "ts", "python", "json title=a"]);
  const code = Array.from({ length: lines }, () =>
    pick(random, [
      "const a = 1;\n",
      "\n",
      "  if (a < b) { return `x`; }\n",
      "# 注释\n",
      "| not | a table |\n",
      "<at id=all></at>\n",
    ]),
  ).join("");
  return `${mark}${info}\n${code}${mark}\n\n`;
}

function table(random: Random, rows: number): string {
  const columns = between(random, 1, 4);
  const row = (cell: () => string) => `|${Array.from({ length: columns }, () => ` ${cell()} |`).join("")}\n`;
  const body = Array.from({ length: rows }, () => row(() => pick(random, ["值", "42", "`x`", "a b"]))).join(
    "",
  );
  return `${row(() => "列")}${row(() => "---")}${body}\n`;
}
