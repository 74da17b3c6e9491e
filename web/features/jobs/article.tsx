import { useMemo } from 'react'
import { SearchedText } from '../search/searched-text.tsx'
import { blocksOf } from './article-blocks.ts'
import classes from './job-detail.module.css'

/** Always plain text: what a posting holds as markup is shown as it stands. */
export function Article({ text }: { text: string }) {
  const blocks = useMemo(() => blocksOf(text), [text])
  return (
    <div className={classes.article}>
      {blocks.map((block, index) =>
        block.kind === 'list' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name but their place
          <ul key={index}>
            {block.items.map((item, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nor have points
              <li key={place}>
                <SearchedText text={item} />
              </li>
            ))}
          </ul>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name but their place
          <p key={index}>
            <SearchedText text={block.lines.join('\n')} />
          </p>
        ),
      )}
    </div>
  )
}
