// Holds a board's JSON against the types that Grafana publishes: node check.mjs FILE
// Prints what is missing, unknown or of another kind, a line each, and ends with status 1 if there is any.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const MODEL = `
import type * as common from "@grafana/grafana-foundation-sdk/common";
import type * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import type * as prometheus from "@grafana/grafana-foundation-sdk/prometheus";
import type * as stat from "@grafana/grafana-foundation-sdk/stat";
import type * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";

// As it stands in a file: the values of an enumeration instead of its members.
type Written<T> =
    T extends string ? \`\${T}\`
    : T extends number | boolean | null | undefined ? T
    : T extends (infer Item)[] ? Written<Item>[]
    : { [Key in keyof T]: Written<T[Key]> };

type Query = Omit<prometheus.Dataquery, "_implementsDataqueryVariant"> & { refId: string };
type Custom<T> = { defaults: Omit<dashboard.FieldConfig, "custom"> & { custom?: T }; overrides: [] };
type Of<Type extends string, Options, Field> =
    Omit<dashboard.Panel, "type" | "options" | "fieldConfig" | "targets">
    & { type: Type; options: Options; fieldConfig: Custom<Field>; targets: Query[] };
type Panel = Of<"stat", stat.Options, never> | Of<"timeseries", timeseries.Options, common.GraphFieldConfig>;

export type Board = Written<Omit<dashboard.Dashboard, "panels"> & { panels: Panel[] }>;
`;

const board = readFileSync(process.argv[2], "utf8");
const folder = dirname(fileURLToPath(import.meta.url));
const source = join(folder, "board.ts");
const text = `${MODEL}\nexport const board: Board =\n${board};\n`;
const firstLine = text.slice(0, text.indexOf(board)).split("\n").length - 1;

const options = {
    strict: true,
    noEmit: true,
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
};
const host = ts.createCompilerHost(options);
const { fileExists, getSourceFile } = host;
host.fileExists = (name) => name === source || fileExists(name);
host.getSourceFile = (name, version) =>
    name === source ? ts.createSourceFile(name, text, version) : getSourceFile(name, version);

const program = ts.createProgram([source], options, host);
const faults = ts.getPreEmitDiagnostics(program);
for (const fault of faults) {
    const line = fault.file?.fileName === source
        ? fault.file.getLineAndCharacterOfPosition(fault.start).line - firstLine + 1
        : undefined;
    console.log(`${line ?? fault.file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(fault.messageText, "\n")}`);
}
process.exitCode = faults.length === 0 ? 0 : 1;
