import { PictureOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/http.ts';

/** The address of a stored file, or of its small version, inside this window; null until it is here. */
export function useFileAddress(file: number | null, small = false): string | null {
  const [address, setAddress] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ['file', file, small],
    queryFn: ({ signal }) => api.file(`/api/files/${file}${small ? '?small=1' : ''}`, undefined, { signal }),
    enabled: file !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    if (data === undefined) return setAddress(null);
    const made = URL.createObjectURL(data.blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return address;
}

/** Up to this size, in pixels of the screen, the small version will do. */
const smallMax = 120;

/** A stored picture, as large as the place it is given. */
export function FilePicture({ file, size, alt = '' }: { file: number; size: number; alt?: string }) {
  const address = useFileAddress(file, size <= smallMax);
  if (address === null) return <PictureOutlined className="tp-faint" />;
  return <img src={address} alt={alt} style={{ maxWidth: size, maxHeight: size, objectFit: 'contain', borderRadius: 3 }} />;
}

/** The picture of a row in a list: a square that keeps its room before the picture is there, and where there is none. */
export function Thumbnail({ file }: { file: number | null }) {
  const address = useFileAddress(file, true);
  return <span className="tp-thumbnail">{address === null ? null : <img src={address} alt="" />}</span>;
}
