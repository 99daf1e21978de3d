import { useCallback } from 'react';
import { api } from '../api/http.ts';
import { download } from './download.ts';
import { useNotices } from './notices.tsx';

/** Fetches a file and hands it to the person, under its own name or the one given; tells when it cannot be had. */
export function useDownload(): (path: string, otherName: string) => Promise<void> {
  const notices = useNotices();
  return useCallback(
    async (path, otherName) => {
      try {
        const file = await api.file(path);
        download(file.blob, file.name ?? otherName);
      } catch (thrown) {
        notices.failed(thrown);
      }
    },
    [notices],
  );
}
