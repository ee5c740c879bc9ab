import { Injectable } from '@nestjs/common';
import { KeyRotation } from '../../auth/keys/key-rotation.js';

/** What an operator does to signing keys. */
@Injectable()
export class KeyActs {
  constructor(private readonly rotation: KeyRotation) {}

  list() {
    return this.rotation.list();
  }

  rotate() {
    return this.rotation.rotate();
  }

  /** False when there is no such key. */
  revoke(kid: string): Promise<boolean> {
    return this.rotation.revoke(kid);
  }
}
