import classes from './application-details.module.css'

/** Where an interview is: a link where it is one. */
export function Place({ place }: { place: string }) {
  return (
    <div className={classes.place}>
      {/^https?:\/\//i.test(place) ? (
        <a href={place} target="_blank" rel="noreferrer noopener">
          {place.replace(/^https?:\/\//i, '')}
        </a>
      ) : (
        place
      )}
    </div>
  )
}
