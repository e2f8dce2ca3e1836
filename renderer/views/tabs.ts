export const VIEWS = [
  { name: 'traffic', label: 'Traffic' },
  { name: 'timeline', label: 'Timeline' },
  { name: 'concurrency', label: 'Concurrency' },
] as const;
export type ViewName = (typeof VIEWS)[number]['name'];
