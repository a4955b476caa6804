/**
 * Prints which real services tests run on, an input of Nx's cache: results without them, or of another version, are
 * not results with them. `npm test` says the versions; beside it, a URL in the environment tells only that there is one.
 */
import { SERVICES } from './reach.mjs';

const given = SERVICES.filter(({ variable }) => process.env[variable]).map(({ name }) => name);
console.log(process.env.ATTUNE_SERVICES || given.join('+') || 'none');
