export { startServer, type RunningServer, type StartOptions } from './start-server.js';
