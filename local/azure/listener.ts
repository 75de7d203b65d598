import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Tls } from './certificate.ts';

/** A port of 127.0.0.1 that can be closed and opened again. */
export interface Listener {
  readonly port: number;
  /** Refuses connections from now on and cuts the open ones. Resolves once all are gone. */
  stop(): Promise<void>;
  /** Accepts connections again, on the same port. */
  resume(): Promise<void>;
}

/** Listens on a free port: https with a certificate, else plain http. */
export async function startListener(tls: Tls | undefined, onRequest: RequestListener): Promise<Listener> {
  const server = tls ? https.createServer(tls, onRequest) : http.createServer(onRequest);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listen(server, 0);
  return {
    port,
    stop: async () => {
      const stopped = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await stopped;
    },
    resume: async () => {
      if (!server.listening) await listen(server, port);
    },
  };
}

/** @returns the port in use */
async function listen(server: http.Server | https.Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return portOf(server);
}

/** The port a server listens on. */
export function portOf(server: http.Server | https.Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
