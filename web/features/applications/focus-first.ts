import { type RefObject, useEffect } from 'react'

/** A form that somebody opened takes them to its first field. */
export function useFocusFirst(form: RefObject<HTMLFormElement | null>) {
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, textarea, select')?.focus()
  }, [form])
}
