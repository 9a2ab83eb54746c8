/** The one name of Next.js in the READMEs. Next.js is no dependency of the workspace, because it is large. */
declare module "next/server" {
  export function after(task: Promise<unknown> | (() => unknown)): void;
}
