import type { Reporter, TestModule } from "vitest/node";
import { FULL_CASES, isFull, QUICK_CASES } from "./cases.ts";

/** Says in one line, at the end of a quick suite, which tests and how many more cases the full one adds. */
export class NameLeftOut implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (isFull) return;
    const names = modules.flatMap((module) => {
      const slow = [...module.children.allTests("skipped")].filter(({ tags }) => tags.includes("slow"));
      return slow.length === 0 ? [] : [`${module.relativeModuleId} (${slow.length} of its tests)`];
    });
    const cases = `${FULL_CASES / QUICK_CASES} times the cases of each property`;
    console.log(`PROPERTY_RUNS=full, as .ci/run sets it, adds ${[...names, cases].join(", ")}.\n`);
  }
}
