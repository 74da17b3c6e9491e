import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Application, Contact } from '../../../../contract/applications.ts'
import { notifyProblem } from '../../../ui/notify.tsx'
import { showUndo } from '../../../ui/undo.tsx'
import classes from './application-details.module.css'
import { ContactForm } from './contact-form.tsx'
import { Section } from './section.tsx'
import { useSafeChange } from './use-safe-change.ts'

const isSame = (a: Contact, b: Contact) => JSON.stringify(a) === JSON.stringify(b)
const nameOf = (contact: Contact) => contact.name ?? contact.email ?? contact.phone ?? contact.url ?? ''

export function Contacts({ application }: { application: Application }) {
  const change = useSafeChange(application)
  const [editing, setEditing] = useState<number | 'new' | null>(null)
  const put = (contact: Contact, before?: Contact) =>
    change(({ contacts }) => ({
      contacts:
        before && contacts.some((one) => isSame(one, before))
          ? contacts.map((one) => (isSame(one, before) ? contact : one))
          : [...contacts, contact],
    }))
  const remove = async (contact: Contact) => {
    try {
      await change(({ contacts }) => ({ contacts: contacts.filter((one) => !isSame(one, contact)) }))
    } catch (error) {
      notifyProblem('The contact was not removed', error)
      return
    }
    showUndo({ message: `${nameOf(contact)} removed.`, undo: () => put(contact) })
  }
  return (
    <Section
      title="Contacts"
      action={
        editing !== 'new' && (
          <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
            Add a contact
          </Button>
        )
      }
    >
      {editing === 'new' && <ContactForm save={put} onDone={() => setEditing(null)} />}
      {application.contacts.length === 0 && editing === null && <p className={classes.hint}>Who wrote to you, who you met, who to ask.</p>}
      {application.contacts.length > 0 && (
        <ul className={classes.list} aria-label="Contacts">
          {application.contacts.map((contact, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a contact has no identity but its place
            <li key={at} className={classes.contact}>
              {editing === at ? (
                <ContactForm contact={contact} save={(next) => put(next, contact)} onDone={() => setEditing(null)} />
              ) : (
                <ContactShown contact={contact} onEdit={() => setEditing(at)} onRemove={() => void remove(contact)} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

type ContactShownProps = { contact: Contact; onEdit: () => void; onRemove: () => void }

function ContactShown({ contact, onEdit, onRemove }: ContactShownProps) {
  const { name, role, email, phone, url } = contact
  return (
    <>
      <div className={classes.interviewHead}>
        <span>
          <span className={classes.eventTitle}>{nameOf(contact)}</span>
          {role && <span className="dimmed"> {role}</span>}
        </span>
        <span className={classes.eventActions}>
          <ActionIcon variant="subtle" color="gray" size={28} onClick={onEdit} aria-label={`Edit ${nameOf(contact)}`}>
            <IconPencil size={16} stroke={1.5} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" size={28} onClick={onRemove} aria-label={`Remove ${nameOf(contact)}`}>
            <IconTrash size={16} stroke={1.5} />
          </ActionIcon>
        </span>
      </div>
      <div className={classes.reach}>
        {email && name && <a href={`mailto:${email}`}>{email}</a>}
        {email && !name && <a href={`mailto:${email}`}>Write</a>}
        {phone && <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>}
        {url && (
          <a href={url} target="_blank" rel="noreferrer noopener">
            {url.replace(/^https?:\/\/(www\.)?/i, '')}
          </a>
        )}
      </div>
    </>
  )
}
