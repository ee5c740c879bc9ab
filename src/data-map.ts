import { entities } from './entities.js';
import { dataMapDocument } from './platform/data-map/data-map-document.js';

/** Prints docs/data-map.md: run by `npm run data-map`. */
process.stdout.write(dataMapDocument(entities));
