import { useTranslation } from 'react-i18next';
import { factsOf, formatFact, LABEL } from '../../discovery/facts';
import { useWord } from '../../i18n';

/** What is known of an entity, under headings; the attribute's own name on hover. */
export function Facts({ attributes }: { attributes: Record<string, string> }) {
  const { t, i18n } = useTranslation();
  const word = useWord();
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t('entity.facts')}</h2>
      <div className="panel stack">
        {factsOf(attributes).map(({ group, facts }) => (
          <section key={group} aria-label={t(`factGroup.${group}`)}>
            <h3 className="small">{t(`factGroup.${group}`)}</h3>
            <dl className="fact-list">
              {facts.map(({ attribute, value }) => (
                <div key={attribute} title={`${attribute}: ${value}`}>
                  <dt>
                    {group === 'labels'
                      ? attribute.slice(LABEL.length)
                      : word('fact', attribute.replaceAll('.', '_'), attribute)}
                  </dt>
                  <dd>{formatFact(attribute, value, i18n.language)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </section>
  );
}
