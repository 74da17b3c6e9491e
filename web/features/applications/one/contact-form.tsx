import { Button, Group, TextInput } from '@mantine/core'
import { useRef } from 'react'
import type { Contact } from '../../../../contract/applications.ts'
import { FormProblem, useProblemForm } from '../../../ui/problem-form.tsx'
import { useFocusFirst } from '../focus-first.ts'
import classes from './application-details.module.css'

type ContactFormProps = { contact?: Contact; save: (contact: Contact) => Promise<unknown>; onDone: () => void }

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
const withScheme = (url: string) => (/^[a-z][a-z\d+.-]*:/i.test(url) || url === '' ? url : `https://${url}`)

export function ContactForm({ contact, save, onDone }: ContactFormProps) {
  const element = useRef<HTMLFormElement>(null)
  useFocusFirst(element)
  const { form, onSubmit, problem, isSending } = useProblemForm({
    initialValues: {
      name: contact?.name ?? '',
      role: contact?.role ?? '',
      email: contact?.email ?? '',
      phone: contact?.phone ?? '',
      url: contact?.url ?? '',
    },
    validate: (values) =>
      Object.values({ ...values, role: '' }).every((value) => value.trim() === '') ? { name: 'A name, an e-mail, a number or a link' } : {},
    submit: ({ name, role, email, phone, url }) =>
      save({ name: orNull(name), role: orNull(role), email: orNull(email), phone: orNull(phone), url: orNull(withScheme(url.trim())) }),
    onDone,
  })
  const field = (name: keyof ReturnType<typeof form.getValues>) => ({ ...form.getInputProps(name), autoComplete: 'off' })
  return (
    <form ref={element} className={classes.form} onSubmit={onSubmit} aria-label={contact ? 'Change the contact' : 'Add a contact'}>
      <Group gap={12} grow align="flex-start">
        <TextInput key={form.key('name')} label="Name" {...field('name')} />
        <TextInput key={form.key('role')} label="Role" placeholder="Recruiter" {...field('role')} />
      </Group>
      <Group gap={12} grow align="flex-start">
        <TextInput key={form.key('email')} type="email" label="E-mail" {...field('email')} />
        <TextInput key={form.key('phone')} type="tel" label="Phone" {...field('phone')} />
      </Group>
      <TextInput key={form.key('url')} inputMode="url" label="Link" {...field('url')} />
      <FormProblem problem={problem} />
      <Group gap={8}>
        <Button type="submit" loading={isSending}>
          Save contact
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </form>
  )
}
