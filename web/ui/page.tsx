import type { ReactNode } from 'react'
import classes from './page.module.css'

type PageProps = {
  children: ReactNode
  /** `reading`: one column of 720 px; `fill`: the full height, for a page that scrolls inside, such as a table or a board. */
  shape?: 'wide' | 'reading' | 'fill'
}

/** The frame of every page: margins and the widest it gets. */
export function Page({ children, shape = 'wide' }: PageProps) {
  return (
    <div className={classes.page} data-shape={shape}>
      {children}
    </div>
  )
}
