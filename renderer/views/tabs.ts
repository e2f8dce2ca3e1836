export const VIEWS = [
  { name: 'traffic', label: 'Traffic' },
  { name: 'timeline', label: 'Timeline' },
  { name: 'concurrency', label: 'Concurrency' },
  { name: 'heat', label: 'Heat map' },
  { name: 'learn', label: 'Learn' },
  { name: 'compose', label: 'Compose' },
  { name: 'load', label: 'Load' },
] as const;
export type ViewName = (typeof VIEWS)[number]['name'];

export function viewNamed(text: string): ViewName | undefined {
  return VIEWS.find(({ name }) => name === text)?.name;
}
