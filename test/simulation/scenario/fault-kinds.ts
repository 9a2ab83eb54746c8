import {
  connectionReset,
  delayed,
  type FaultAnswer,
  hang,
  htmlPage,
  lostAnswer,
  platformError,
  rateLimited,
  serverError,
} from "@streamcard/emulator";

/** Requests that a fault can hit: `text` is a content call, `structure` a batch, `finalize` ends streaming for good. */
export const faultOperations = ["token", "create", "send", "reply", "text", "structure", "finalize"] as const;
export type FaultOperation = (typeof faultOperations)[number];

/**
 * Conclusion that a client may draw from a fault.
 *
 * `transient`: nothing was done, and the same request may succeed. `unknown`: it may have been done. `remedied`: it
 * succeeds after one other request. `refused`: only another request can succeed. `gone`: the card or message no longer
 * exists. `forbidden`: no such request succeeds for this app or target.
 */
export type FaultClass = "transient" | "unknown" | "remedied" | "refused" | "gone" | "forbidden";

/** Checks for a fault that ends by itself or by an action of the sender. */
export function isMended(faultClass: FaultClass): boolean {
  return faultClass === "transient" || faultClass === "unknown" || faultClass === "remedied";
}

export interface FaultKind {
  readonly name: string;
  readonly class: FaultClass;
  /** Every answer of the kind, by the request that it is given to. */
  readonly answers: Partial<Record<FaultOperation, readonly FaultAnswer[]>>;
}

const writes = ["text", "structure", "finalize"] as const;
const cards = ["create", ...writes] as const;
const messages = ["send", "reply"] as const;
const apis = [...cards, ...messages] as const;

function at(operations: readonly FaultOperation[], answers: readonly FaultAnswer[]): FaultKind["answers"] {
  return Object.fromEntries(operations.map((operation) => [operation, answers]));
}

/** Text in the platform's messages that stands for a quote from a request. */
export const ECHO = "用户的原话，不可外传";

/** Lists each code with each HTTP status that it was seen with. */
function codes(numbers: readonly number[], statuses: readonly number[] = [400, 200]): FaultAnswer[] {
  const msg = `ErrMsg: scripted failure; ErrorValue: ${ECHO}; `;
  return statuses.flatMap((status) => numbers.map((code) => platformError(code, { status, msg })));
}

/** Lists answers of message creation that name the cause inside of their text. CardKit passes some on. */
function causes(...found: readonly (readonly [code: number, message: string])[]): FaultAnswer[] {
  return found.map(([code, message], index) =>
    platformError(230099, {
      status: index % 2 === 0 ? 400 : 200,
      msg: `Failed to create card content, ext=ErrCode: ${code}; ErrMsg: ${message}; ErrorValue: ${ECHO}; `,
    }),
  );
}

const internalCodes = [300000, 1663, 2200, 1500, 1668, 5000, 55001];
const limitHeaders = { "x-ogw-ratelimit-limit": "50", "x-ogw-ratelimit-reset": "2" };

const transport: readonly FaultKind[] = [
  kind("reset before", "unknown", at(faultOperations, [connectionReset("before-applying")])),
  kind("reset after", "unknown", at(faultOperations, [connectionReset("after-applying")])),
  kind("lost answer", "unknown", at(faultOperations, [lostAnswer()])),
  kind("hang", "unknown", at(faultOperations, [hang()])),
  kind(
    "slow answer",
    "unknown",
    at(faultOperations, [delayed({ afterMs: 3_000 }), delayed({ beforeMs: 3_000 })]),
  ),
  kind("answer after the limit", "unknown", at(faultOperations, [delayed({ afterMs: 12_000 })])),
  kind("applied after the limit", "unknown", at(faultOperations, [delayed({ beforeMs: 12_000 })])),
  kind(
    "HTML",
    "unknown",
    at(
      faultOperations,
      [502, 503, 429, 200].map((status) => htmlPage(status)),
    ),
  ),
  kind(
    "HTML, refused",
    "refused",
    at(
      faultOperations,
      [403, 404].map((status) => htmlPage(status)),
    ),
  ),
  kind(
    "HTML, applied",
    "unknown",
    at(
      faultOperations,
      [502, 200].map((status) => htmlPage(status, { isApplied: true })),
    ),
  ),
  kind(
    "5xx",
    "unknown",
    at(
      faultOperations,
      [500, 502, 503, 504].map((status) => serverError(status)),
    ),
  ),
  kind(
    "5xx, applied",
    "unknown",
    at(
      faultOperations,
      [500, 504].map((status) => serverError(status, { isApplied: true })),
    ),
  ),
  kind("internal code", "unknown", at(faultOperations, codes(internalCodes, [400, 200, 500]))),
  kind(
    "internal code, applied",
    "unknown",
    at(
      faultOperations,
      internalCodes.map((code) => platformError(code, { isApplied: true })),
    ),
  ),
];

const gateway: readonly FaultKind[] = [
  kind(
    "gateway limit",
    "transient",
    at(faultOperations, [
      rateLimited(),
      platformError(99991400, { status: 400 }),
      platformError(99991400, { status: 429, headers: limitHeaders }),
      platformError(99991400, { status: 200 }),
    ]),
  ),
  kind("business limit", "transient", at(apis, codes([230020], [400, 200, 429]))),
  kind("bad credentials", "forbidden", {
    token: codes([10003, 10005, 10012, 10013, 10014, 10015, 10016, 20002], [200, 400]),
  }),
  kind(
    "token refused",
    "remedied",
    at(apis, codes([99991661, 99991663, 99991664, 99991671], [400, 401, 200])),
  ),
  kind(
    "app refused",
    "forbidden",
    at(
      apis,
      codes(
        [
          99991662, 99991665, 99991668, 99991669, 99991673, 99991674, 99991675, 99991676, 99991677, 99991679,
          99991401, 99991403,
        ],
        [400],
      ),
    ),
  ),
  kind("scope missing", "refused", at(apis, codes([99991672], [400]))),
  kind(
    "request refused",
    "refused",
    at(apis, [
      ...codes([9499, 99992402], [400]),
      platformError(99991201, { status: 404 }),
      platformError(99991301, { status: 405 }),
    ]),
  ),
];

const cardKit: readonly FaultKind[] = [
  kind("card refused", "refused", {
    ...at(
      ["create", "structure", "finalize"],
      codes([10002, 200220, 200860, 300301, 300302, 300303, 300305, 300307]),
    ),
    text: codes([10002, 200220, 200860, 300302, 300307]),
  }),
  kind("element refused", "refused", {
    text: codes([300310, 300313]),
    ...at(["structure", "finalize"], codes([300312, 300313, 300314, 300315, 300121, 300122, 300301])),
  }),
  kind("content refused", "refused", {
    ...at(cards, [
      ...codes([200570]),
      ...causes([11310, "card table number over limit"], [11310, "element exceeds the limit"]),
    ]),
  }),
  kind("not our card", "gone", at(writes, codes([300311]))),
  kind("card gone", "gone", at(writes, codes([200740, 200750]))),
  kind("300120", "unknown", at(writes, codes([300120]))),
  kind("uuid used", "remedied", at(writes, codes([200770]))),
  kind("locked", "transient", at(writes, codes([200810]))),
  kind("streaming timed out", "remedied", {
    text: codes([200850, 200510]),
    ...at(["structure", "finalize"], codes([200510])),
  }),
  kind("streaming closed", "remedied", { text: codes([300309]) }),
  kind("sequence", "remedied", at(writes, codes([300317]))),
];

const unknownIds = [
  99992351, 99992352, 99992353, 99992354, 99992355, 99992356, 99992360, 99992361, 99992363, 99992364,
  99992381,
];

const im: readonly FaultKind[] = [
  kind("messages limited", "transient", at(messages, codes([11232, 11233, 11247]))),
  kind("still being sent", "transient", at(messages, codes([230049, 18121]))),
  kind("card not known yet", "transient", at(messages, causes([11310, "cardid is invalid"]))),
  kind(
    "message refused",
    "refused",
    at(messages, codes([230001, 230022, 230025, 230028, 230054, 230055], [400])),
  ),
  kind(
    "card in message refused",
    "refused",
    at(
      messages,
      causes(
        [100290, "There is an invalid user resource(at/person) in your card"],
        [11310, "element exceeds the limit"],
        [11310, "card table number over limit"],
        [11310, "template is not visible to app"],
        [200380, "template does not exist"],
        [200381, "template is not visible to app"],
        [200550, "chart spec is invalid"],
        [200570, "card contains invalid image keys"],
        [200621, "parse card json err"],
        [200732, "actual type of the variable mismatch"],
        [200737, "format of the variable mismatch"],
        [200800, "schema of update differs from schema of message"],
        [200861, "cards of schema V2 no longer support this capability"],
        [200914, "table rows is invalid"],
        [200915, "table rows name is invalid"],
        [300220, "forward not supported"],
        [300230, "duplicate audio id"],
        [300240, "cannot retrieve audio information"],
      ),
    ),
  ),
  kind(
    "target refused",
    "forbidden",
    at(
      messages,
      codes(
        [
          230002, 230006, 230013, 230015, 230017, 230018, 230027, 230029, 230034, 230035, 230036, 230038,
          230050, 230053, 230071, 230072, 230075, 232009,
        ],
        [400],
      ),
    ),
  ),
  kind("unknown id", "forbidden", at(messages, codes(unknownIds, [400]))),
  kind("target gone", "gone", { reply: codes([230011, 230019, 230110, 230111, 231003], [400]) }),
];

/** All failures that the platform documents or that were seen in the field. */
export const faultKinds: readonly FaultKind[] = [...transport, ...gateway, ...cardKit, ...im];

export function faultKind(name: string): FaultKind {
  const found = faultKinds.find((known) => known.name === name);
  if (found === undefined) {
    throw new TypeError(
      `There is no fault ${JSON.stringify(name)}. Known: ${faultKinds.map((known) => known.name).join(", ")}.`,
    );
  }
  return found;
}

function kind(name: string, faultClass: FaultClass, answers: FaultKind["answers"]): FaultKind {
  return { name, class: faultClass, answers };
}
