import { ActionIcon, Button, Group, Textarea, Title, Tooltip } from '@mantine/core'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { saveMark } from '../../ui/editable.tsx'
import { Keys } from '../../ui/keys-shown.tsx'
import { useSavedField } from '../../ui/use-saved-field.ts'
import { Article } from './article.tsx'
import classes from './job-detail.module.css'

type PostingSectionProps = {
  title: string
  name: string
  value: string | null
  save: (value: string | null) => Promise<unknown>
}

/** A part of the posting: read, selected and copied like an article; written only after the pencil. */
export function PostingSection({ title, name, value, save }: PostingSectionProps) {
  const field = useSavedField<string | null>({ value, save, name, label: title })
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (isOpen) box.current?.focus()
  }, [isOpen])
  const isWriting = isOpen || field.state === 'failed'

  const commit = () => {
    setOpen(false)
    void field.commit(field.shown?.trim() ? field.shown : null)
  }
  const cancel = () => {
    setOpen(false)
    field.cancel()
  }

  if (!isWriting && field.shown === null) {
    return (
      <Button
        className={classes.addText}
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        onClick={() => setOpen(true)}
      >
        {title}
      </Button>
    )
  }
  return (
    <section className={classes.section} aria-label={title}>
      <Group gap={4} className={classes.sectionHead}>
        <Title order={3}>{title}</Title>
        {saveMark(field.state)}
        {!isWriting && (
          <Tooltip label={`Edit “${title}”`}>
            <ActionIcon variant="subtle" color="gray" size={28} onClick={() => setOpen(true)} aria-label={`Edit “${title}”`}>
              <IconPencil size={16} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      {isWriting ? (
        <Textarea
          aria-label={title}
          autosize
          minRows={4}
          maxRows={24}
          ref={box}
          value={field.shown ?? ''}
          error={field.error}
          onChange={(event) => field.edit(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) commit()
            if (event.key !== 'Escape') return
            event.stopPropagation()
            cancel()
          }}
          inputWrapperOrder={['input', 'description', 'error']}
          description={
            <>
              <Keys keys="mod+Enter" /> saves, <Keys keys="Escape" /> leaves it as it was
            </>
          }
        />
      ) : (
        <Article text={field.shown ?? ''} />
      )}
    </section>
  )
}
