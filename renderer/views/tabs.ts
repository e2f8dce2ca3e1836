export const VIEWS = [
  { name: 'traffic', label: 'Traffic' },
  { name: 'timeline', label: 'Timeline' },
  { name: 'concurrency', label: 'Concurrency' },
  { name: 'learn', label: 'Learn' },
] as const;
export type ViewName = (typeof VIEWS)[number]['name'];
