let last = process.memoryUsage();

/** What this process takes of memory; what it last took where that cannot be told, since all file descriptors are in use. */
export function memoryUsage(): NodeJS.MemoryUsage {
  try {
    // On Linux it is read from a file.
    last = process.memoryUsage();
  } catch {}
  return last;
}
