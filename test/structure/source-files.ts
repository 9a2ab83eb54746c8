import { dirname, join, normalize } from "node:path";
import ts from "typescript";

/** Declaration of a name, with the file that it stands in. */
export interface Declared {
  readonly path: string;
  readonly name: string;
  readonly node: ts.Node;
}

interface ParsedFile {
  readonly statements: readonly ts.Statement[];
  readonly declared: ReadonlyMap<string, Declared>;
}

/** Files in which names are followed to their declarations, through imports, exports and packages. */
export class SourceFiles {
  readonly #read: (path: string) => string;
  readonly #entries: ReadonlyMap<string, string>;
  /** Files that were asked for. Most files never are. */
  readonly #parsed = new Map<string, ParsedFile>();

  /**
   * @param read Reads the text of a file by its path.
   * @param entries Path of each entry by the name that an import gives, such as `@streamcard/core/driver`.
   */
  constructor(read: (path: string) => string, entries: ReadonlyMap<string, string>) {
    this.#read = read;
    this.#entries = entries;
  }

  /** Finds the declarations of all names that a file exports; names of foreign packages are left out. */
  exportsOf(path: string): Declared[] {
    return this.#file(path).statements.flatMap((statement) => {
      if (ts.isExportDeclaration(statement)) return this.#reexports(path, statement);
      return isExported(statement) ? declarationsIn(path, statement) : [];
    });
  }

  /** Finds the declaration that a name in a file stands for; `undefined` for names of foreign packages. */
  find(path: string, name: string): Declared | undefined {
    return this.#file(path).declared.get(name) ?? this.#imported(path, name);
  }

  #file(path: string): ParsedFile {
    const known = this.#parsed.get(path);
    if (known !== undefined) return known;
    const source = ts.createSourceFile(
      path,
      this.#read(path),
      ts.ScriptTarget.Latest,
      true,
      ts.ScriptKind.TS,
    );
    const statements = [...source.statements];
    const all = statements.flatMap((statement) => declarationsIn(path, statement));
    // The first declaration stands for all overloads of a function.
    const file = { statements, declared: new Map(all.reverse().map((one) => [one.name, one])) };
    this.#parsed.set(path, file);
    return file;
  }

  #reexports(path: string, { moduleSpecifier, exportClause }: ts.ExportDeclaration): Declared[] {
    const from = moduleSpecifier === undefined ? path : this.#target(path, moduleSpecifier);
    if (from === undefined || exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
    return exportClause.elements.flatMap(({ name, propertyName }) => {
      const original = (propertyName ?? name).text;
      const found = from === path ? this.find(path, original) : this.#exported(from, original);
      return found === undefined ? [] : [{ ...found, name: name.text }];
    });
  }

  #exported(path: string, name: string): Declared | undefined {
    return this.find(path, name) ?? this.exportsOf(path).find((declared) => declared.name === name);
  }

  #imported(path: string, name: string): Declared | undefined {
    for (const statement of this.#file(path).statements) {
      if (!ts.isImportDeclaration(statement)) continue;
      const bindings = statement.importClause?.namedBindings;
      if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
      const element = bindings.elements.find((one) => one.name.text === name);
      const from = this.#target(path, statement.moduleSpecifier);
      if (element !== undefined && from !== undefined) {
        return this.#exported(from, (element.propertyName ?? element.name).text);
      }
    }
    return undefined;
  }

  #target(path: string, specifier: ts.Expression): string | undefined {
    if (!ts.isStringLiteral(specifier)) return undefined;
    return specifier.text.startsWith(".")
      ? normalize(join(dirname(path), specifier.text))
      : this.#entries.get(specifier.text);
  }
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** Lists the names that a statement declares. */
function declarationsIn(path: string, statement: ts.Statement): Declared[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((node) => ({ path, name: node.name.getText(), node }));
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  if (!isNamed || statement.name === undefined) return [];
  return [{ path, name: statement.name.text, node: statement }];
}
