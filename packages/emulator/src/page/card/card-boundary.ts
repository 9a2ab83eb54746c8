import { Component, type ComponentChildren, h } from "preact";
import type { JsonObject } from "../../ground/json.ts";

interface Props {
  json: JsonObject;
  children?: ComponentChildren;
}

/** Keeps a card that cannot be drawn from taking the page with it. It is tried again when the card is another one. */
export class CardBoundary extends Component<Props, { failed: JsonObject | undefined }> {
  override state: { failed: JsonObject | undefined } = { failed: undefined };

  override componentDidCatch(error: unknown): void {
    console.error("This card could not be drawn.", this.props.json, error);
    this.setState({ failed: this.props.json });
  }

  override render({ json, children }: Props): ComponentChildren {
    if (this.state.failed !== json) return children;
    return h(
      "article",
      { class: "card default" },
      h("pre", { class: "card-json" }, JSON.stringify(json, undefined, 2)),
    );
  }
}
