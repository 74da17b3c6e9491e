import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { previewQuery } from '../bulk/api.ts'
import type { Step } from '../bulk/change.ts'
import { useLocal } from '../bulk/use-local.ts'
import { preview } from '../bulk/words.ts'
import { DeleteForGood } from './delete-for-good.tsx'

type DeleteManyForGoodProps = { steps: Step[]; onDelete: (steps: Step[], key: string) => Promise<void>; onClose: () => void }

/** Says what goes with them before it is typed. */
export function DeleteManyForGood({ steps: given, onDelete, onClose }: DeleteManyForGoodProps) {
  // Of this question: what is selected may change under the dialog.
  const [{ steps, key }] = useState(() => ({ steps: given, key: crypto.randomUUID() }))
  const local = useLocal()
  const plans = useQueries({ queries: steps.map((step) => previewQuery(`${key}-${step.change.kind}`, step)) })
  const sentences = steps.flatMap((step, index) => {
    const plan = plans[index]?.data
    return plan && plan.total > 0 ? [preview(step.change, plan, local)] : []
  })
  return (
    <DeleteForGood onDelete={() => onDelete(steps, key)} onClose={onClose}>
      {sentences.length > 0 ? sentences.join(' ') : 'Counting what this means.'} Only a backup could bring them back.
    </DeleteForGood>
  )
}
