import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../ssh/sshd";

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** Paths of the same. */
  readonly certFile: string;
  readonly keyFile: string;
  remove(): Promise<void>;
}

const DAY = 86_400_000;

/**
 * Makes a self-signed certificate.
 * @param address the IP address or the name that it is for
 * @param until days from now to its end, which lies behind when it is negative
 */
export async function selfSigned(address = "127.0.0.1", until = 1): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), "certificate-"));
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]) => runProgram("openssl", args, { cwd: folder, stdio: "pipe" });
  const date = (days: number): string =>
    new Date(Date.now() + days * DAY).toISOString().replace(/[-:T]/g, "").replace(/\..*/, "Z");
  await writeFile(
    file("ca.cnf"),
    "[ca]\ndefault_ca=own\n[own]\ndatabase=index\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\npolicy=any\n" +
      `x509_extensions=names\n[any]\ncommonName=supplied\n[names]\nsubjectAltName=${isIP(address) === 0 ? "DNS" : "IP"}:${address}\n`,
  );
  await writeFile(file("index"), "");
  const request = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=test"];
  openssl("req", "-new", ...request, "-keyout", "key.pem", "-out", "request.pem");
  openssl(
    ...["ca", "-batch", "-selfsign", "-config", "ca.cnf", "-create_serial", "-notext"],
    ...["-startdate", date(until - 2), "-enddate", date(until)],
    ...["-keyfile", "key.pem", "-in", "request.pem", "-out", "cert.pem"],
  );
  const [certFile, keyFile] = [file("cert.pem"), file("key.pem")];
  const [cert, key] = await Promise.all([readFile(certFile, "utf8"), readFile(keyFile, "utf8")]);
  return { cert, key, certFile, keyFile, remove: () => rm(folder, { recursive: true }) };
}
