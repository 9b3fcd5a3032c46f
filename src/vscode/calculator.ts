import { basename } from "node:path";
import { Disposable, Uri, ViewColumn, env, window, workspace, type LogOutputChannel, type WebviewPanel } from "vscode";
import { UserError } from "../errors";
import type { ConditionedDataset } from "../model/conditioning";
import { toJson } from "../report/json";
import { CalculatorMemory } from "./calculator-memory";
import { calculatorView, NOTHING_ENTERED, parseCalculatorIntent, type CalculatorState } from "./calculator-model";
import type { CalculatorIntent, OutputAssessment, ToCalculator } from "./calculator-protocol";
import { CALCULATOR_PANEL } from "./manifest";
import { explain, showError } from "./notices";
import { webviewHtml, webviewRoot } from "./webview-html";

const TITLE = "Conditioning Calculator";
const IDLE: OutputAssessment = { type: "idle" };

/** The calculator of 3.1.5: one panel, which holds what was entered until something else is. */
export class ConditioningCalculator {
  private panel: WebviewPanel | null = null;
  private state: CalculatorState = { input: NOTHING_ENTERED, conditioned: null, assessment: IDLE };
  /** Done when what was entered before is known again; started by the first panel. */
  private restored: Promise<void> | null = null;
  private assessing: AbortController | null = null;
  private readonly memory: CalculatorMemory;

  /**
   * @param file where what was entered outlives the window
   * @param workerScript the bundled worker thread
   */
  constructor(
    private readonly extensionUri: Uri,
    file: Uri,
    private readonly workerScript: string,
    private readonly log: LogOutputChannel,
  ) {
    this.memory = new CalculatorMemory(file);
  }

  register(): Disposable {
    return Disposable.from(
      window.registerWebviewPanelSerializer(CALCULATOR_PANEL, {
        deserializeWebviewPanel: (panel) => {
          panel.webview.options = this.options();
          this.adopt(panel);
          return Promise.resolve();
        },
      }),
      new Disposable(() => this.assessing?.abort()),
    );
  }

  open(): void {
    if (this.panel === null)
      this.adopt(window.createWebviewPanel(CALCULATOR_PANEL, TITLE, ViewColumn.Active, this.options()));
    else this.panel.reveal();
  }

  private adopt(panel: WebviewPanel): void {
    this.panel = panel;
    panel.onDidDispose(() => {
      this.panel = null;
      this.assessing?.abort();
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const intent = parseCalculatorIntent(message);
      if (intent === null) this.log.warn("The calculator sent a message that is not an intent; it was ignored.");
      else this.obey(intent).catch((error: unknown) => showError(error, this.log));
    });
    panel.iconPath = Uri.joinPath(this.extensionUri, "media", "icon.png");
    panel.webview.html = webviewHtml(panel.webview, this.extensionUri, "calculator", TITLE);
  }

  private options() {
    return { enableScripts: true, localResourceRoots: [webviewRoot(this.extensionUri)] };
  }

  private async obey(intent: CalculatorIntent): Promise<void> {
    switch (intent.type) {
      case "ready":
        this.restored ??= this.restore();
        await this.restored;
        this.show();
        return;
      case "enter":
        this.change({ input: intent.input });
        return this.memory.write(this.state);
      case "assess-output":
        return this.assessOutput();
      case "cancel-assessment":
        this.assessing?.abort();
        return;
      case "copy-answer":
        return this.copy();
      case "save-answer":
        return this.save();
    }
  }

  private change(part: Partial<CalculatorState>): void {
    this.state = { ...this.state, ...part };
    this.show();
  }

  private async restore(): Promise<void> {
    this.state = { ...this.state, ...(await this.memory.read()) };
  }

  private show(): void {
    this.send({ type: "show", view: calculatorView(this.state) });
  }

  private send(message: ToCalculator): void {
    void this.panel?.webview.postMessage(message);
  }

  private async copy(): Promise<void> {
    const { answer } = calculatorView(this.state);
    if (answer === null) return;
    await env.clipboard.writeText(toJson(answer.report));
    this.send({ type: "said", text: "Copied" });
  }

  private async save(): Promise<void> {
    const { answer } = calculatorView(this.state);
    if (answer === null) return;
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const target = await window.showSaveDialog({
      title: "Save Conditioning as JSON",
      filters: { JSON: ["json"] },
      ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, "conditioning.json") }),
    });
    if (target === undefined) return;
    await workspace.fs.writeFile(target, Buffer.from(toJson(answer.report)));
    await window.showTextDocument(target);
  }

  /** Asks for a file of the component's output and assesses it for h'; one at a time. */
  private async assessOutput(): Promise<void> {
    if (this.assessing !== null) return;
    const abort = new AbortController();
    this.assessing = abort;
    try {
      const files = await window.showOpenDialog({ title: "Assess Conditioned Output", openLabel: "Assess" });
      const file = files?.at(0)?.fsPath;
      if (file !== undefined) await this.assess(file, abort.signal);
    } finally {
      this.assessing = null;
    }
  }

  private async assess(file: string, signal: AbortSignal): Promise<void> {
    const running = { type: "running", file: basename(file), message: "starting", fraction: null } as const;
    this.change({ assessment: running });
    try {
      let percent = -1;
      const conditioned = await this.runAssessment(file, signal, (message, fraction) => {
        const next = Math.floor((fraction ?? 0) * 100);
        if (next === percent) return;
        percent = next;
        this.change({ assessment: { ...running, message, fraction } });
      });
      this.change({ conditioned, assessment: IDLE });
      await this.memory.write(this.state);
    } catch (error) {
      if (!signal.aborted && !(error instanceof UserError)) this.log.error(String(error));
      const failed = { type: "failed", file: basename(file), problem: explain(error) } as const;
      this.change({ assessment: signal.aborted ? IDLE : failed });
    }
  }

  private async runAssessment(
    file: string,
    signal: AbortSignal,
    tell: (message: string, fraction: number | null) => void,
  ): Promise<ConditionedDataset> {
    const [{ assessConditioned }, { WorkerPool }] = await Promise.all([
      import("../operations/assess-conditioned"),
      import("../workers/pool"),
    ]);
    const pool = new WorkerPool(this.workerScript);
    try {
      const work = assessConditioned(file, null, pool, signal);
      for (;;) {
        const step = await work.next();
        if (step.done === true) return step.value;
        tell(step.value.message, step.value.fraction);
      }
    } finally {
      await pool.dispose();
    }
  }
}
