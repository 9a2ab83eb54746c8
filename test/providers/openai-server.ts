import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface OpenAiServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a service with OpenAI's chat completions, in their documented stream, that always says the same words. */
export async function startOpenAiServer(words: readonly string[]): Promise<OpenAiServer> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "text/event-stream" });
    const chunk = (delta: object, finish_reason: string | null) =>
      `data: ${JSON.stringify({
        id: "chatcmpl-1",
        object: "chat.completion.chunk",
        created: 1_700_000_000,
        model: "test",
        choices: [{ index: 0, delta, finish_reason }],
      })}\n\n`;
    for (const content of words) response.write(chunk({ role: "assistant", content }, null));
    response.write(chunk({}, "stop"));
    response.end("data: [DONE]\n\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
