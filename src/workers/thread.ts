import { parentPort } from "node:worker_threads";
import { answer, type Request } from "./rpc";

parentPort?.on("message", (request: Request) => answer(request, (reply) => parentPort?.postMessage(reply)));
