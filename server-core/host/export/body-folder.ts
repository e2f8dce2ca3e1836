import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BodyFile } from '../../formats/export/body-files.ts';
import { PathProblem, pathSentence } from '../served-path.ts';

/** Writes files below a folder, which is made. Never over what is there. Rejects with PathProblem. */
export async function writeBodies(folder: string, files: AsyncIterable<BodyFile>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for await (const { name, bytes } of files) {
      const path = join(folder, ...name.split('/'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes, { flag: 'wx' });
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === 'EEXIST')
      throw new PathProblem(`${folder} holds such files already; choose an empty folder`);
    if (code === 'ENOSPC') throw new PathProblem(`The disk is full, so not all bodies are in ${folder}`);
    throw new PathProblem(pathSentence(folder, code));
  }
}
