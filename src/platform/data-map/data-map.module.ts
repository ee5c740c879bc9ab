import { Global, Module } from '@nestjs/common';
import { PersonalData } from './personal-data.js';

/** What is stored about people. */
@Global()
@Module({ providers: [PersonalData], exports: [PersonalData] })
export class DataMapModule {}
