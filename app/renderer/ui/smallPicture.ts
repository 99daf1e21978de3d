import { api } from '../api/http.ts';

/** The longer side of a small version, in pixels: sharp at 12 mm on paper. */
const sidePx = 240;

/**
 * Makes the small version of a picture that was just uploaded and brings it to the server. What this screen cannot draw stays
 * without one, and the picture itself stands in for it.
 */
export async function bringSmallVersion(file: Blob, id: number): Promise<void> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return;
  const scale = Math.min(1, sidePx / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) return;
  // A JPEG has no transparency; paper is white.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const small = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', 0.82));
  if (small !== null) await api.upload(`/api/files/${id}/small`, small, 'small.jpg');
}
