import { Group, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { Me } from '../../../../contract/account.ts'
import { client } from '../../../api/client.ts'
import { useInfiniteList } from '../../../api/infinite-list.ts'
import classes from '../account.module.css'
import { peopleKeys } from '../api.ts'
import { Listed } from '../listed.tsx'
import { AccountRow } from './account-row.tsx'

export function Accounts({ me }: { me: Me }) {
  const [typed, setTyped] = useState('')
  const [looked] = useDebouncedValue(typed.trim(), 250)
  const filter = looked === '' ? {} : { q: looked }
  const list = useInfiniteList({
    key: peopleKeys.list(filter),
    fetch: (cursor, signal) => client.admin.listUsers({ query: { ...filter, ...(cursor ? { cursor } : {}) }, signal }),
  })
  return (
    <section className={classes.section} aria-labelledby="accounts">
      <Group justify="space-between">
        <h2 id="accounts">
          Accounts {list.total && <span className="dimmed">{`${list.total.value}${list.total.relation === 'at_least' ? '+' : ''}`}</span>}
        </h2>
        <TextInput
          type="search"
          aria-label="Find by name or e-mail"
          placeholder="Find by name or e-mail"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Group>
      <Listed list={list} label="Accounts" rows={4} empty={<p className={classes.note}>Nobody is called “{looked}”.</p>}>
        {(account) => <AccountRow key={account.id} account={account} isMe={account.id === me.id} />}
      </Listed>
    </section>
  )
}
