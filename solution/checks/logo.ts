import { type Check, faultsAt, textFiles } from './check.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const refused = ['style=', 'cls=', 'xmlns:xlink', 'data-name', 'xlink:href', '<title>', '<image'];

/** Azure-Sentinel's check `logo`. */
export const logos: Check = (files) =>
  textFiles(files, /\/Logos\//).flatMap(([path, text]) => {
    const ids = [...text.matchAll(/id="([^"]*)"/g)].map(([, id = '']) => id);
    const wrong = {
      'it is no SVG': !path.endsWith('.svg') || !text.includes('<svg '),
      'it is bigger than 5 KB': text.length > 5000,
      'an id is no GUID': ids.some((id) => !guid.test(id)),
      'an id is there twice': new Set(ids).size < ids.length,
      ...Object.fromEntries(refused.map((part) => [`it has ${part}`, text.includes(part)])),
    };
    return faultsAt(path, wrong);
  });
