import { Anchor, Text } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { CreatedToken } from '../../../../contract/tokens.ts'
import { client } from '../../../api/client.ts'
import { useInfiniteList } from '../../../api/infinite-list.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { meQuery, tokenKeys } from '../api.ts'
import { CopyOnce } from '../copy-once.tsx'
import { Listed } from '../listed.tsx'
import { TokenForm } from './token-form.tsx'
import { TokenRow } from './token-row.tsx'

/** Which programs may come in, and with what. */
export function TokensPage() {
  const { data: me } = useQuery(meQuery)
  const list = useInfiniteList({
    key: tokenKeys.list({}),
    fetch: (cursor, signal) => client.tokens.list({ query: { ...(cursor ? { cursor } : {}) }, signal }),
  })
  const [isMaking, setMaking] = useState(false)
  const [made, setMade] = useState<CreatedToken | null>(null)
  const start = () => {
    setMade(null)
    setMaking(true)
  }
  return (
    <Page shape="reading">
      <PageHeader title="API tokens" primary={{ label: 'Make a token', icon: <IconPlus size={16} aria-hidden />, onClick: start }}>
        <Anchor component={Link} to="/settings">
          All settings
        </Anchor>
      </PageHeader>
      <Text>
        A program shows one instead of your password. It reads or changes your records, and nothing else: it can neither make tokens nor
        touch your account.{' '}
        <Anchor href="/docs/using-the-api" underline="always">
          How to use the API
        </Anchor>
      </Text>
      {me?.auth === 'off' && (
        <Text c="dimmed" mt={8}>
          Accounts are off here, so nobody asks for a token. One you make now works once they are on.
        </Text>
      )}
      {isMaking && (
        <TokenForm
          onLeave={() => setMaking(false)}
          onMade={(token) => {
            setMade(token)
            setMaking(false)
          }}
        />
      )}
      {made && (
        <CopyOnce title={`“${made.name}” is ready`} label="Token" secret={made.token} onDone={() => setMade(null)}>
          Copy it now: only its fingerprint is kept, so it is shown this once.
        </CopyOnce>
      )}
      <Listed
        list={list}
        label="Tokens"
        rows={3}
        style={{ marginTop: 16 }}
        empty={
          !isMaking &&
          !made && (
            <EmptyState icon={<IconKey size={32} stroke={1.5} />} title="No tokens yet">
              Those you make are listed here, with when each was last used.
            </EmptyState>
          )
        }
      >
        {(token) => <TokenRow key={token.id} token={token} />}
      </Listed>
    </Page>
  )
}
