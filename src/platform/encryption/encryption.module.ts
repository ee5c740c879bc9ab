import { Global, Module } from '@nestjs/common';
import { DerivedKeys } from './derived-keys.js';
import { SecretBox } from './secret-box.js';

/** Keys derived from APP_SECRET, and what is encrypted with them. */
@Global()
@Module({ providers: [DerivedKeys, SecretBox], exports: [DerivedKeys, SecretBox] })
export class EncryptionModule {}
