import { useEffect, useState } from "preact/hooks";
import type { InspectionEvent } from "../../page-protocol/inspection-event.ts";
import { openSource } from "../state/reconnecting-source.ts";
import { type Inspection, reduceInspection } from "./inspection.ts";

/** Follows the inspection of a message's card; `undefined` until the server has answered. */
export function useInspection(messageId: string | undefined): Inspection | undefined {
  const [inspection, setInspection] = useState<Inspection>();
  useEffect(() => {
    setInspection(undefined);
    if (messageId === undefined) return;
    const source = openSource<InspectionEvent>(`/page/inspection?message=${encodeURIComponent(messageId)}`, {
      onEvent: (event) => setInspection((now) => reduceInspection(now, event, Date.now())),
    });
    return () => source.close();
  }, [messageId]);
  return inspection;
}
