import type { CheckStatus } from '../api/generated/documents.js';

export type Tone = 'good' | 'bad' | 'wait' | 'warn' | 'broken' | 'lent' | 'plain';

interface Colours {
  text: string;
  fill: string;
  edge: string;
}

/** Text on fill, and text on the page, are at least 4.5 : 1 in both modes (WCAG 2.2 AA, 1.4.3). */
export const tones: Record<'light' | 'dark', Record<Tone, Colours>> = {
  light: {
    good: { text: '#14592f', fill: '#e4f4ea', edge: '#3f8f60' },
    bad: { text: '#9b1c1c', fill: '#fdeaea', edge: '#c65353' },
    wait: { text: '#3f4b5b', fill: '#edf0f4', edge: '#7c8897' },
    warn: { text: '#744500', fill: '#fff2d9', edge: '#b07d26' },
    broken: { text: '#86195a', fill: '#fbe8f2', edge: '#b9589a' },
    lent: { text: '#54359a', fill: '#f0ebfb', edge: '#8a6fc7' },
    plain: { text: '#4b5663', fill: '#f1f3f6', edge: '#8b95a1' },
  },
  dark: {
    good: { text: '#86dba9', fill: '#143021', edge: '#3f8f60' },
    bad: { text: '#ffa8a3', fill: '#3d191a', edge: '#b35a56' },
    wait: { text: '#c0cad6', fill: '#252d37', edge: '#738091' },
    warn: { text: '#f3c876', fill: '#38290c', edge: '#9c7a33' },
    broken: { text: '#f5a6d0', fill: '#3b162b', edge: '#a4567f' },
    lent: { text: '#cdbaf8', fill: '#2b2246', edge: '#7d67b6' },
    plain: { text: '#b4bec9', fill: '#222931', edge: '#6b7785' },
  },
};

export const toneOfStatus: Record<CheckStatus, Tone> = {
  pass: 'good',
  fail: 'bad',
  pending: 'wait',
  stale: 'warn',
  error: 'broken',
  waived: 'lent',
  not_applicable: 'plain',
};
