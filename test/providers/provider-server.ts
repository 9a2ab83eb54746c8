import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answer of a provider: its chunks, and the way in which the stream ends. */
export interface ProviderAnswer {
  readonly chunks: readonly object[];
  /** End of the stream. @defaultValue "done", which is complete */
  readonly end?: "done" | "cut" | "hang" | "destroy";
}

/**
 * Starts a provider of models on this machine: the streaming endpoints of OpenAI and Anthropic, each in its documented
 * form.
 */
export async function startProviderServer() {
  let answer: ProviderAnswer = { chunks: [] };
  const closed: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    request.resume();
    response.on("close", () => {
      if (!response.writableFinished) closed.push(path);
    });
    void send(response, path, answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Paths of the requests whose client left before the end. */
    closed,
    answerWith(next: ProviderAnswer): void {
      answer = next;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function send(
  response: ServerResponse,
  path: string,
  { chunks, end = "done" }: ProviderAnswer,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const isChat = path.endsWith("/chat/completions");
  for (const chunk of chunks) {
    const name = "type" in chunk && !isChat ? `event: ${chunk.type}\n` : "";
    // Two writes that split a character, as networks do.
    const bytes = Buffer.from(`${name}data: ${JSON.stringify(chunk)}\n\n`);
    response.write(bytes.subarray(0, bytes.length - 7));
    await new Promise((resolve) => setTimeout(resolve, 5));
    response.write(bytes.subarray(bytes.length - 7));
  }
  if (end === "hang") return;
  if (end === "destroy") response.destroy();
  else response.end(end === "done" && isChat ? "data: [DONE]\n\n" : "");
}
