import { readFileSync } from 'node:fs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { entities } from '../../src/entities.js';
import { Kept, Technical } from '../../src/platform/data-map/data-map.js';
import { dataMapDocument, undescribed } from '../../src/platform/data-map/data-map-document.js';

describe('docs/data-map.md', () => {
  it('is what the entities say; `npm run data-map` writes it', () => {
    expect(readFileSync('docs/data-map.md', 'utf8')).toBe(dataMapDocument(entities));
  });

  it('describes every table and every column', () => {
    expect(undescribed(entities)).toEqual([]);
  });

  it('would miss a new column, and a new table, that nobody has described', () => {
    const nothing = { zh: '无', en: 'none' };
    @Kept({ purpose: nothing, retention: nothing, erasure: nothing })
    @Entity({ name: 'described' })
    class Described {
      @Technical('编号', 'number of the row')
      @PrimaryColumn({ type: 'int' })
      id: number;

      @Column({ name: 'favourite_colour', type: 'varchar' })
      favouriteColour: string;
    }
    @Entity({ name: 'forgotten' })
    class Forgotten {
      @PrimaryColumn({ type: 'int' })
      id: number;
    }

    expect(undescribed([Described, Forgotten])).toEqual(['described.favourite_colour', 'forgotten', 'forgotten.id']);
  });
});
