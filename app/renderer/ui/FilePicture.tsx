import { PictureOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/http.ts';

/** The address of a stored file inside this window; null until it is here. */
export function useFileAddress(file: number | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ['file', file],
    queryFn: ({ signal }) => api.file(`/api/files/${file}`, undefined, { signal }),
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

/** A stored picture, as large as the place it is given. */
export function FilePicture({ file, size, alt = '' }: { file: number; size: number; alt?: string }) {
  const address = useFileAddress(file);
  if (address === null) return <PictureOutlined className="tp-faint" />;
  return <img src={address} alt={alt} style={{ maxWidth: size, maxHeight: size, objectFit: 'contain', borderRadius: 3 }} />;
}
