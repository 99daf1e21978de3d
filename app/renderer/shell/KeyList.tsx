import { useTranslation } from 'react-i18next';
import { chordsText, type KeyPlace, keysIn } from '../ui/keyTable.ts';

/** The keys that work in a place, and what each does. */
export function KeyList({ place }: { place: KeyPlace }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t(`keys.places.${place}`)}>
      <h3>{t(`keys.places.${place}`)}</h3>
      <dl className="tp-keys">
        {keysIn(place).map((name) => (
          <div key={name}>
            <dt>
              <kbd>{chordsText(name)}</kbd>
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
