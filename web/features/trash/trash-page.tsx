import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'
import { trashQuery } from './api.ts'
import { TrashList } from './trash-list.tsx'

export function TrashPage() {
  const { data: trash, error, refetch } = useQuery({ ...trashQuery, staleTime: 0 })
  return (
    <Page shape="reading">
      <PageHeader title="Trash" count={trash && trash.items.length > 0 ? trash.items.length + trash.hidden : undefined} />
      {trash === undefined ? (
        error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <SkeletonRows rows={6} height={56} label="Loading the trash" />
        )
      ) : trash.items.length === 0 ? (
        <EmptyState icon={<IconTrash size={32} stroke={1.25} />} title="The trash is empty">
          Jobs and applications that you delete wait here until you restore them or delete them for good. Nothing leaves by itself.
        </EmptyState>
      ) : (
        <TrashList items={trash.items} hidden={trash.hidden} />
      )}
    </Page>
  )
}
