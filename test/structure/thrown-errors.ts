import ts from "typescript";
import type { Declared, SourceFiles } from "./source-files.ts";

/**
 * Finds the errors of ours that a function or a constructor throws, by itself or by way of functions and constructors
 * that it calls by name. Methods of objects are not followed, nor what stands in functions within it, because these
 * run later.
 *
 * @param isOurs Tells the names of our errors from others.
 */
export class ThrownErrors {
  readonly #files: SourceFiles;
  readonly #isOurs: (name: string) => boolean;
  readonly #known = new Map<ts.Node, ReadonlySet<string>>();

  constructor(files: SourceFiles, isOurs: (name: string) => boolean) {
    this.#files = files;
    this.#isOurs = isOurs;
  }

  of({ path, node }: Declared): ReadonlySet<string> {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const thrown = new Set<string>();
    // Known before it is complete, so that a circle of calls ends.
    this.#known.set(node, thrown);
    for (const body of bodiesOf(node)) this.#collect(path, body, thrown);
    return thrown;
  }

  #collect(path: string, node: ts.Node, thrown: Set<string>): void {
    if (ts.isFunctionLike(node) || (ts.isTryStatement(node) && node.catchClause !== undefined)) return;
    if (ts.isThrowStatement(node) && ts.isNewExpression(node.expression)) {
      const name = node.expression.expression.getText();
      if (this.#isOurs(name)) thrown.add(name);
    } else if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && ts.isIdentifier(node.expression)) {
      const called = this.#files.find(path, node.expression.text);
      if (called !== undefined) for (const name of this.of(called)) thrown.add(name);
    }
    node.forEachChild((child) => this.#collect(path, child, thrown));
  }
}

/** Parts of a declaration that run when it is called. */
function bodiesOf(node: ts.Node): ts.Node[] {
  if (ts.isFunctionDeclaration(node)) return node.body === undefined ? [] : [node.body];
  if (!ts.isClassDeclaration(node)) return [];
  return node.members.flatMap((member) =>
    ts.isConstructorDeclaration(member) && member.body !== undefined ? [member.body] : [],
  );
}
