import { Injectable } from '@nestjs/common';

/**
 * What acts take for the time: the database's clock, read after the lock. The shift is zero in a running
 * service; the demo seed moves it so that its history lies in the past, and tests move it to see evidence expire.
 */
@Injectable()
export class DoorClock {
  private shifting = 0;

  /** By how many milliseconds what acts take for the time is off the database's clock. */
  get shiftMs(): number {
    return this.shifting;
  }

  /** @param ms negative: the past. A chain's time still never runs backwards. */
  shift(ms: number): void {
    this.shifting = ms;
  }

  shifted(time: Date): Date {
    return this.shiftMs === 0 ? time : new Date(time.getTime() + this.shiftMs);
  }

  /** This process's clock, for reads outside acts. */
  now(): Date {
    return this.shifted(new Date());
  }
}
