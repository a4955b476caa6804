import { HttpClient } from './http.client.js';
import { GatewayProcess, type Ending, type GatewayOptions } from './gateway.process.js';

/** A server that listens, and a client for it. */
export class Gateway extends HttpClient {
  constructor(
    readonly process: GatewayProcess,
    url: string,
  ) {
    super(url);
  }

  /** Ends the server as Ctrl-C or a service manager would. */
  stop(signal?: NodeJS.Signals): Promise<Ending> {
    return this.process.stop(signal);
  }
}

/** Starts the built server and waits until it listens. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const started = new GatewayProcess(options);
  return new Gateway(started, await started.listening());
}
