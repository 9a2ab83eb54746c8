"use client";

import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport } from "ai";
import { useState } from "react";

const transport = new DefaultChatTransport({ api: "/api/chat" });

/** A chat whose answers are on a card, too. */
export function Chat() {
  const [onLeave, setOnLeave] = useState<"stop" | "finish">("finish");
  const { messages, sendMessage, stop, status, error } = useChat({ transport });
  const isRunning = status === "submitted" || status === "streaming";

  const ask = (form: FormData) => {
    const text = String(form.get("question"));
    void sendMessage({ text }, { body: { onLeave } });
  };
  return (
    <>
      <section aria-live="polite">
        {messages.map(({ id, role, parts }) => (
          <p key={id} style={{ whiteSpace: "pre-wrap" }}>
            <strong>{role === "user" ? "You" : "Bot"}</strong>{" "}
            {parts.map((part) => (part.type === "text" ? part.text : "")).join("")}
          </p>
        ))}
      </section>
      {error && <p role="alert">{error.message}</p>}
      <form action={ask}>
        <input name="question" required defaultValue="你能做什么？" aria-label="Question" />
        <button type="submit" disabled={isRunning}>
          Ask
        </button>
        <button type="button" disabled={!isRunning} onClick={() => void stop()}>
          Leave
        </button>
        <label>
          <input
            type="checkbox"
            checked={onLeave === "stop"}
            onChange={({ target }) => setOnLeave(target.checked ? "stop" : "finish")}
          />{" "}
          who leaves stops the run
        </label>
      </form>
    </>
  );
}
