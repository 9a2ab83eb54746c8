import { Component, type ComponentChildren, h } from "preact";
import type { JsonObject } from "../../ground/json.ts";

interface Props {
  json: JsonObject;
  children?: ComponentChildren;
}

/** Shows the JSON of a card whose drawing throws, so that the rest of the page stays. A changed card is tried again. */
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
