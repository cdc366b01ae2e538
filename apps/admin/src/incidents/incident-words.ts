import type { BreakGlassGrantState, IncidentState } from '../api/generated/documents.js';
import type { Tone } from '../app/status-colours.js';

export const incidentStates: Record<IncidentState, { word: string; tone: Tone }> = {
  open: { word: 'Open', tone: 'bad' },
  monitoring: { word: 'Monitoring', tone: 'warn' },
  resolved: { word: 'Resolved', tone: 'good' },
};

export const grantStates: Record<BreakGlassGrantState, { word: string; tone: Tone }> = {
  usable: { word: 'Can be used', tone: 'warn' },
  used: { word: 'Used', tone: 'lent' },
  revoked: { word: 'Revoked', tone: 'plain' },
  expired: { word: 'Expired', tone: 'plain' },
  over: { word: 'Incident over', tone: 'plain' },
};
