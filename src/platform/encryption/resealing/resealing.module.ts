import { type DynamicModule, Module } from '@nestjs/common';
import { ResealingSchedule } from './resealing-schedule.js';
import { Resealing } from './resealing.js';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-column.js';

/** Seals stored secrets again when APP_SECRET is replaced. */
@Module({})
export class ResealingModule {
  /** @param columns where the features keep sealed secrets */
  static forRoot(columns: SealedColumn[]): DynamicModule {
    return {
      module: ResealingModule,
      providers: [{ provide: SEALED_COLUMNS, useValue: columns }, Resealing, ResealingSchedule],
      exports: [Resealing, ResealingSchedule],
    };
  }
}
