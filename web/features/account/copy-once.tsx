import { Button, CopyButton, Group, Text, TextInput } from '@mantine/core'
import classes from './account.module.css'

type CopyOnceProps = { title: string; label: string; secret: string; children: React.ReactNode; onDone: () => void }

/** A secret that is shown this once. Selected when it takes the focus, for where copying is not allowed. */
export function CopyOnce({ title, label, secret, children, onDone }: CopyOnceProps) {
  return (
    <section className={classes.made} aria-label={title}>
      <Text fw={500} role="status">
        {title}
      </Text>
      <Text mt={4}>{children}</Text>
      <Group gap={8} mt={12} align="flex-end">
        <TextInput
          label={label}
          value={secret}
          readOnly
          flex="1 1 280px"
          classNames={{ input: classes.secret }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={secret}>{({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}</CopyButton>
        <Button variant="default" onClick={onDone}>
          I have it
        </Button>
      </Group>
    </section>
  )
}
