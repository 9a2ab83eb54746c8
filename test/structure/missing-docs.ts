import ts from "typescript";
import type { Declared, SourceFiles } from "./source-files.ts";
import { ThrownErrors } from "./thrown-errors.ts";

/** Public name whose docstring lacks something. */
export interface MissingDoc {
  readonly path: string;
  /** Line of its declaration, from 1. */
  readonly line: number;
  readonly name: string;
  /** Thing that is missing, such as "no docstring". */
  readonly lack: string;
}

const hasUnit = /millisecond|byte|character|number|\bcode\b/i;

/**
 * Finds the public names whose docstrings lack something: a description for every name, and a description, a unit and
 * a default for every option, and `@throws` for the errors of ours that functions and constructors throw.
 *
 * @param entries Files whose exports are public.
 */
export function missingDocs(files: SourceFiles, entries: readonly string[]): MissingDoc[] {
  const declared = new Map(entries.flatMap((entry) => files.exportsOf(entry)).map((one) => [one.node, one]));
  const thrown = new ThrownErrors(files, (name) => /^(?!Type|Range)[A-Z]\w*Error$/.test(name));
  const options = new Map<ts.Node, Declared>();
  for (const one of declared.values()) {
    if (/(?:Options|Timeouts)$/.test(one.name)) addWithBases(files, one, options);
  }
  return [
    ...[...declared.values()].flatMap((one) =>
      missing(one, [...lacksOfName(one), ...lacksOfThrows(one, thrown)]),
    ),
    ...[...declared.values()].flatMap(methodsOf).flatMap((one) => missing(one, lacksOfName(one))),
    ...[...options.values()].flatMap((one) =>
      fieldsOf(one).flatMap((field) => missing(field, lacksOfOption(field))),
    ),
  ];
}

function missing({ path, name, node }: Declared, lacks: readonly string[]): MissingDoc[] {
  const line = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
  return lacks.map((lack) => ({ path, line, name, lack }));
}

function lacksOfName({ node }: Declared): string[] {
  return descriptionOf(node) === "" ? ["no docstring"] : [];
}

function lacksOfThrows(declared: Declared, thrown: ThrownErrors): string[] {
  const text = throwsOf(declared.node).join(" ");
  return [...thrown.of(declared)]
    .filter((name) => !text.includes(name))
    .map((name) => `no @throws {${name}}`);
}

function lacksOfOption({ name, node }: Declared): string[] {
  if (!ts.isPropertySignature(node)) return lacksOfName({ path: "", name, node });
  const description = descriptionOf(node);
  const text = node.getFullText().slice(0, node.getStart() - node.getFullStart());
  const isNumber = kindsOf(node.type).some(({ kind }) => kind === ts.SyntaxKind.NumberKeyword);
  const isOptional = node.questionToken !== undefined;
  return [
    ...(description === "" ? ["no docstring"] : []),
    ...(isNumber && !/(?:Ms|Bytes)$/.test(name) && !hasUnit.test(text) ? ["no unit"] : []),
    ...(isOptional && !hasTag(node, "defaultValue") ? ["no @defaultValue"] : []),
  ];
}

function kindsOf(type: ts.TypeNode | undefined): readonly ts.TypeNode[] {
  if (type === undefined) return [];
  return ts.isUnionTypeNode(type) ? type.types : [type];
}

/** Adds a type of options and those that it takes fields from, by `extends` or by utilities such as `Omit`. */
function addWithBases(files: SourceFiles, declared: Declared, found: Map<ts.Node, Declared>): void {
  if (found.has(declared.node)) return;
  found.set(declared.node, declared);
  for (const name of baseNames(declared.node)) {
    const base = files.find(declared.path, name);
    if (base !== undefined) addWithBases(files, base, found);
  }
}

function baseNames(node: ts.Node): string[] {
  if (ts.isInterfaceDeclaration(node)) {
    const types = (node.heritageClauses ?? []).flatMap((clause) => clause.types);
    return types.flatMap((type) => takenFrom(type.expression.getText(), type.typeArguments));
  }
  if (!ts.isTypeAliasDeclaration(node)) return [];
  const parts = ts.isIntersectionTypeNode(node.type) ? node.type.types : [node.type];
  return parts.flatMap((part) =>
    ts.isTypeReferenceNode(part) ? takenFrom(part.typeName.getText(), part.typeArguments) : [],
  );
}

const utilities = new Set(["Omit", "Partial", "Pick", "Readonly", "Required"]);

function takenFrom(name: string, typeArguments: readonly ts.TypeNode[] = []): string[] {
  return utilities.has(name) ? typeArguments.map(nameOfType) : [name];
}

function nameOfType(type: ts.TypeNode): string {
  return ts.isTypeReferenceNode(type) ? type.typeName.getText() : "";
}

function fieldsOf({ path, name, node }: Declared): Declared[] {
  const members = ts.isInterfaceDeclaration(node)
    ? node.members
    : ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type)
      ? node.type.members
      : [];
  return members.flatMap((member) =>
    member.name === undefined ? [] : [{ path, name: `${name}.${member.name.getText()}`, node: member }],
  );
}

/** Lists the methods of a type, and the public methods and getters of a class. */
function methodsOf({ path, name, node }: Declared): Declared[] {
  if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) return [];
  const members = [...node.members].filter((member) => isMethod(member) && isPublicMember(member));
  return members.map((member) => ({ path, name: `${name}.${member.name?.getText()}`, node: member }));
}

function isMethod(member: ts.Node): boolean {
  return ts.isMethodDeclaration(member) || ts.isMethodSignature(member) || ts.isGetAccessor(member);
}

/** Tells members that users see from private ones, and from those that repeat what a class above them says. */
function isPublicMember(member: ts.ClassElement | ts.TypeElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  const isOverride = modifiers.some(({ kind }) => kind === ts.SyntaxKind.OverrideKeyword);
  const isPrivate = member.name === undefined || ts.isPrivateIdentifier(member.name);
  return !isOverride && !isPrivate && !hasTag(member, "internal");
}

function descriptionOf(node: ts.Node): string {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return docs
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join("")
    .trim();
}

function hasTag(node: ts.Node, tag: string): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === tag);
}

/** Texts of the tags for errors, those of a class's constructor included. */
function throwsOf(node: ts.Node): string[] {
  const constructors = ts.isClassDeclaration(node) ? node.members.filter(ts.isConstructorDeclaration) : [];
  return [node, ...constructors].flatMap((one) =>
    ts.getJSDocTags(one).flatMap((tag) => (tag.tagName.text === "throws" ? [tag.getText()] : [])),
  );
}
