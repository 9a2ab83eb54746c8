import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../ground/json.ts";
import type { FeishuEmulator } from "../emulator/feishu-emulator.ts";
import type { ApiClient } from "../testing/api-client.ts";
import { cardOf, markdown, streamingCard } from "../testing/cards.ts";
import { setUpCard } from "../testing/set-up.ts";

const CARDS = "/open-apis/cardkit/v1/cards";

let emulator: FeishuEmulator;
let api: ApiClient;
let cardId: string;

beforeEach(async () => {
  const card = streamingCard(markdown("answer", "…"), { tag: "hr", element_id: "line" });
  ({ emulator, api, cardId } = await setUpCard({}, card));
});

const elementIds = () => emulator.card(cardId).elements.map(({ elementId }) => elementId);
const text = (elementId: string) =>
  emulator.card(cardId).elements.find((element) => element.elementId === elementId)?.content;

describe("given an operation on elements", () => {
  const panel = { tag: "collapsible_panel", element_id: "panel", elements: [markdown("inner")] };
  const columns = { tag: "column_set", element_id: "set", columns: [{ tag: "column", element_id: "left" }] };
  const elements = (body: JsonObject) =>
    api.call("POST", `${CARDS}/${cardId}/elements`, { sequence: 1, ...body });
  const one = (method: string, elementId: string, body: JsonObject) =>
    api.call(method, `${CARDS}/${cardId}/elements/${elementId}`, { sequence: 1, ...body });

  beforeEach(async () => {
    ({ emulator, api, cardId } = await setUpCard({}, cardOf(markdown("answer"), panel, columns)));
  });

  it.each([
    { type: "append", target: undefined, ids: "answer panel inner set left new" },
    { type: "append", target: "", ids: "answer panel inner set left new" },
    { type: "append", target: "panel", ids: "answer panel inner new set left" },
    { type: "append", target: "left", ids: "answer panel inner set left new" },
    { type: "insert_before", target: "inner", ids: "answer panel new inner set left" },
    { type: "insert_after", target: "answer", ids: "answer new panel inner set left" },
  ])("adds elements: $type at $target", async ({ type, target, ids }) => {
    const reply = await elements({
      type,
      elements: JSON.stringify([markdown("new")]),
      ...(target === undefined ? {} : { target_element_id: target }),
    });

    expect(reply.code).toBe(0);
    expect(elementIds().join(" ")).toBe(ids);
  });

  it("adds a column to a column set", async () => {
    await elements({
      type: "append",
      target_element_id: "set",
      elements: '[{"tag":"column","element_id":"right"}]',
    });

    expect(elementIds().join(" ")).toBe("answer panel inner set left right");
  });

  it.each([
    { name: "an unknown target", body: { type: "append", target_element_id: "nobody" }, code: 300315 },
    {
      name: "a target that holds no elements",
      body: { type: "append", target_element_id: "answer" },
      code: 300315,
    },
    { name: "no target to insert before", body: { type: "insert_before" }, code: 10002 },
    { name: "another type", body: { type: "prepend" }, code: 10002 },
    { name: "elements that are no array", body: { type: "append", elements: "{}" }, code: 300315 },
    {
      name: "an element that is no component",
      body: { type: "append", elements: '[{"tag":"x"}]' },
      code: 200220,
    },
    {
      name: "an element id that is taken",
      body: { type: "append", elements: JSON.stringify([markdown("inner")]) },
      code: 300301,
    },
    {
      name: "a table in a container",
      body: {
        type: "append",
        target_element_id: "panel",
        elements: '[{"tag":"table","columns":[],"rows":[]}]',
      },
      code: 200220,
    },
  ])("answers $code when adding with $name", async ({ body, code }) => {
    expect(await elements({ elements: JSON.stringify([markdown("new")]), ...body })).toMatchObject({ code });
  });

  it("replaces a component by one of another tag and id", async () => {
    const reply = await one("PUT", "panel", { element: JSON.stringify({ tag: "hr", element_id: "line" }) });

    expect(reply.code).toBe(0);
    expect(elementIds().join(" ")).toBe("answer line set left");
  });

  it("patches properties and renames an element", async () => {
    await one("PATCH", "answer", {
      partial_element: '{"content":"patched","text_size":"heading","element_id":"renamed"}',
    });

    expect(text("renamed")).toBe("patched");
    expect(emulator.card(cardId).json).toMatchObject({
      body: { elements: [{ text_size: "heading" }, {}, {}] },
    });
  });

  it("deletes a container and all in it", async () => {
    await one("DELETE", "panel", {});

    expect(elementIds().join(" ")).toBe("answer set left");
  });

  it.each([
    {
      name: "replacing an unknown element",
      method: "PUT",
      id: "nobody",
      body: { element: "{}" },
      code: 300121,
    },
    { name: "replacing by no JSON", method: "PUT", id: "answer", body: { element: "x" }, code: 300121 },
    {
      name: "replacing by an unknown tag",
      method: "PUT",
      id: "answer",
      body: { element: '{"tag":"x"}' },
      code: 200220,
    },
    {
      name: "patching an unknown element",
      method: "PATCH",
      id: "nobody",
      body: { partial_element: "{}" },
      code: 300313,
    },
    {
      name: "patching the tag",
      method: "PATCH",
      id: "answer",
      body: { partial_element: '{"tag":"hr"}' },
      code: 300312,
    },
    {
      name: "patching an unknown property",
      method: "PATCH",
      id: "answer",
      body: { partial_element: '{"colour":1}' },
      code: 300313,
    },
    {
      name: "patching by no JSON",
      method: "PATCH",
      id: "answer",
      body: { partial_element: "x" },
      code: 300313,
    },
    { name: "deleting an unknown element", method: "DELETE", id: "nobody", body: {}, code: 300314 },
    { name: "an element id of 21 characters", method: "DELETE", id: "e".repeat(21), body: {}, code: 10002 },
  ])("answers $code when $name", async ({ method, id, body, code }) => {
    expect(await one(method, id, body)).toMatchObject({ code });
  });
});

describe("given a batch", () => {
  it("carries out every kind of action in order under one sequence", async () => {
    const reply = await api.batch(
      cardId,
      [
        { action: "add_elements", params: { type: "append", elements: [markdown("more", "m")] } },
        { action: "update_element", params: { element_id: "line", element: markdown("status", "busy") } },
        {
          action: "partial_update_element",
          params: { element_id: "status", partial_element: { content: "done" } },
        },
        { action: "delete_elements", params: { element_ids: ["answer"] } },
        { action: "partial_update_setting", params: { settings: { config: { streaming_mode: false } } } },
      ],
      1,
    );

    expect(reply.code).toBe(0);
    expect(emulator.card(cardId)).toMatchObject({ streaming: false, finalizations: 1, sequence: 1 });
    expect(emulator.card(cardId).elements.map(({ elementId, content }) => `${elementId}=${content}`)).toEqual(
      ["status=done", "more=m"],
    );
  });

  it.each([
    { name: "no array", actions: {}, code: 10002 },
    { name: "no action", actions: [], code: 10002 },
    { name: "an unknown action", actions: [{ action: "stream", params: {} }], code: 10002 },
    { name: "an action without params", actions: [{ action: "delete_elements" }], code: 10002 },
    {
      name: "elements as text",
      actions: [{ action: "add_elements", params: { type: "append", elements: "[]" } }],
      code: 10002,
    },
    {
      name: "an unknown element",
      actions: [{ action: "delete_elements", params: { element_ids: ["x"] } }],
      code: 300314,
    },
  ])("answers $code for $name", async ({ actions, code }) => {
    expect(await api.batch(cardId, actions, 1)).toMatchObject({ code });
  });
});
