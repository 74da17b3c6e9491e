import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { announce } from '../../ui/announce.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Keys } from '../../ui/keys-shown.tsx'
import { explain } from '../../ui/problem-text.ts'
import { useIsPhone } from '../../ui/use-is-phone.ts'
import type { Outcome } from './api.ts'
import { keyScope } from './bar-parts.tsx'
import classes from './bulk.module.css'
import { LeftOut } from './left-out.tsx'
import type { Phase } from './use-bulk.ts'
import { useLocal } from './use-local.ts'
import { command, preview } from './words.ts'

type PreviewBarProps = {
  phase: Extract<Phase, { at: 'preview' | 'sending' | 'refused' }>
  plan: Outcome | undefined
  /** Of the question what would happen. */
  problem: unknown
  onConfirm: () => void
  onBack: () => void
}

/** What would happen, in one sentence, and one button that does it. */
export function PreviewBar({ phase, plan, problem, onConfirm, onBack }: PreviewBarProps) {
  const local = useLocal()
  const isPhone = useIsPhone()
  const button = useRef<HTMLButtonElement>(null)
  const { change } = phase.step
  const error = phase.at === 'refused' ? phase.error : problem
  const isReady = phase.at === 'refused' || (phase.at === 'preview' && plan !== undefined && plan.succeeded > 0)
  const sentence = error
    ? `${explain(error).title}. ${explain(error).detail}`
    : plan
      ? preview(change, plan, local)
      : 'Counting what this means'
  useEffect(() => {
    if (plan || error) announce(sentence)
  }, [plan, error, sentence])
  useEffect(() => {
    if (isReady) button.current?.focus()
  }, [isReady])
  useKeys(keyScope, [{ keys: 'Enter', label: 'Do it', run: onConfirm }], { layer: 'selection', enabled: isReady })

  return (
    <div className={classes.preview} data-danger={error ? true : undefined}>
      <div className={classes.reasons}>
        <span className={classes.sentence}>{sentence}</span>
        {plan && plan.failed > 0 && phase.at === 'preview' && <LeftOut kind={change.kind} errors={plan.errors} />}
      </div>
      <span className={classes.choice}>
        <Button
          variant="default"
          onClick={onBack}
          rightSection={isPhone ? undefined : <Keys keys="Escape" />}
          disabled={phase.at === 'sending'}
        >
          Back
        </Button>
        {(plan === undefined || plan.succeeded > 0) && (
          <Button
            ref={button}
            disabled={!isReady && phase.at !== 'sending'}
            loading={phase.at === 'sending'}
            onClick={onConfirm}
            {...(change.action === 'delete' ? { color: 'red' } : {})}
          >
            {phase.at === 'refused' ? 'Try again' : plan ? command(change, plan.succeeded, local) : 'Do it'}
          </Button>
        )}
      </span>
    </div>
  )
}
