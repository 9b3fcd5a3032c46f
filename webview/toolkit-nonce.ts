/**
 * Gives the toolkit the page's nonce for the moment in which it loads; `toolkit.ts` imports this first and says why.
 * A classic script is asked for its nonce while it runs, so no other part has to know it.
 */
const script = document.currentScript;
const meta = document.createElement("meta");
meta.setAttribute("property", "csp-nonce");
meta.content = script instanceof HTMLScriptElement ? script.nonce : "";
document.head.append(meta);

/** Takes the nonce out of the document again, once the toolkit's modules have run. */
export function forgetNonce(): void {
  meta.remove();
}
