import { NumberInput } from '@mantine/core'
import { type EditableProps, frameOf, saveKeys, saveMark } from './editable.tsx'
import { useSavedField } from './use-saved-field.ts'

type EditableNumberProps = EditableProps<number | null> & {
  min?: number
  max?: number
  /** Digits behind the point. */
  decimals?: number
  suffix?: string
  prefix?: string
  thousands?: boolean
  required?: boolean
  w?: number
}

export function EditableNumber({
  value,
  save,
  name,
  min,
  max,
  decimals = 0,
  suffix,
  prefix,
  thousands,
  required = false,
  w,
  ...frame
}: EditableNumberProps) {
  const field = useSavedField<number | null>({ value, save, name, label: frame.label })
  const commit = () => {
    if (field.shown === null && required) field.cancel()
    else void field.commit()
  }
  return (
    <NumberInput
      {...frameOf(frame, field)}
      value={field.shown ?? ''}
      onChange={(next) => field.edit(typeof next === 'number' ? next : next.trim() === '' ? null : Number(next))}
      onBlur={commit}
      onKeyDown={saveKeys(commit, field.cancel, field.isDirty)}
      rightSection={saveMark(field.state)}
      decimalScale={decimals}
      clampBehavior="blur"
      hideControls
      {...(thousands ? { thousandSeparator: ',' } : {})}
      {...{ min, max, suffix, prefix, w }}
    />
  )
}
